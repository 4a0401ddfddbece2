import type { Paper } from './paper';
import { plainMaths } from './tex/plain-text';

/**
 * What a paper is about in one sentence: a TL;DR where one is known, else the most telling sentence of
 * its abstract, chosen by rule. README.md has how often that is right.
 */
export interface Gist {
  text: string;
  /** `own`: a sentence of the paper's, maybe without its first words. `start`: the abstract's start. */
  kind: 'tldr' | 'own' | 'start';
}

/** So much of an abstract stands for it where no sentence says what it is about. */
const START = 220;

export function gistOf(
  paper: Pick<Paper, 'title' | 'abstract' | 'abstractKind' | 'tldr'>,
): Gist | null {
  if (paper.tldr) return { text: plainMaths(paper.tldr), kind: 'tldr' };
  const abstract = plainMaths(paper.abstract).replace(/\s+/g, ' ').trim();
  if (!abstract) return null;
  if (paper.abstractKind === 'summary') {
    return { text: sentencesOf(abstract)[0] ?? abstract, kind: 'tldr' };
  }
  const stems = titleStems(paper.title);
  const name = /^([^:]{2,30}):/.exec(paper.title)?.[1];
  const sentences = sentencesOf(abstract);
  let best: { text: string; points: number } | null = null;
  for (const [i, text] of sentences.entries()) {
    const share = titleShare(text, stems);
    // Neither proposes anything nor speaks of the title's subject: it says too little.
    if (!PROPOSAL.test(text) && share < 0.3) continue;
    const points =
      pointsOf(text, { share, name }) + 0.3 * Math.max(0, 1 - (3 * i) / sentences.length);
    if (!best || points > best.points) best = { text, points };
  }
  if (!best) return { text: clip(abstract, START), kind: 'start' };
  return { text: shorten(best.text), kind: 'own' };
}

/** Cut at a word, with an ellipsis, where it is longer than `most`. */
export function clip(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most).replace(/[\s,;:(–—-]*\S*$/, '');
  return `${cut || text.slice(0, most - 1)}…`;
}

const PROPOSAL =
  /\b(?:we|(?:this|our) (?:paper|work|study|article|survey|report))\b[^.]{0,40}?\b(?:propos|present|introduc|stud(?:y|ies)|show|prov(?:e|ide)|develop|investigat|describ|explor|demonstrat|offer|releas|build|design|survey|review|analy[sz]e|examin|address|argue|find)|\bis (?:proposed|presented|introduced)\b/i;
const STRONG =
  /\b(?:we|this paper|this work)\b[^.]{0,20}?\b(?:propose|present|introduce|develop)|\bis proposed\b/i;
const RESULTS =
  /\b(?:outperform|state-of-the-art results|achiev|improvement|experiments?|results? (?:show|demonstrate)|superior|accuracy of)\b/i;
const ASIDE = /\b(?:experiments?|source code|code (?:is|will)|github|available at|https?:)/i;
const BACKGROUND =
  /\b(?:however|although|despite|remains?|challeng|recent(?:ly)?|existing|has become|have become|widely|little is known|tradition)/i;
const DANGLING =
  /^(?:it|they|these|those|this|such|that|he|thus|hence|therefore|then|also|both|here)\b(?! (?:paper|work|study|article|survey|report)\b)/i;
const INSIDE = /\b(?:this|these|such|those) (?!paper|work|study|article|survey|report)[a-z]+/gi;
const ORDER =
  /^(?:first(?:ly)?|second(?:ly)?|finally|moreover|furthermore|additionally|specifically|in particular|in addition|besides|for example)\b/i;
const DATASET = /\b(?:dataset|benchmark|corpus|collection)\b/i;
const PARTS = /\b(?:two|three|four|several) (?:\w+ )?(?:components?|challenges?|stages?|parts)\b/i;

function pointsOf(text: string, { share, name }: { share: number; name?: string }): number {
  let points = 3 * share;
  const proposes = PROPOSAL.test(text);
  if (proposes) points += 1.7;
  if (STRONG.test(text)) points += 0.8;
  if (name && text.includes(name)) {
    points += 0.7;
    if (
      new RegExp(`${literal(name)}\\W+(?:\\w+ )?(?:is|uses|are|learns|trains|combines)\\b`).test(
        text,
      )
    ) {
      points += 0.6;
    }
  }
  if (RESULTS.test(text)) points -= 0.7;
  if (ASIDE.test(text)) points -= 0.8;
  if (BACKGROUND.test(text) && !proposes) points -= 0.8;
  if (DANGLING.test(text)) points -= 1.2;
  points -= 0.55 * (shorten(text).match(INSIDE)?.length ?? 0);
  if (ORDER.test(text)) points -= 0.8;
  if (DATASET.test(text) && share < 0.5) points -= 0.9;
  if (PARTS.test(text)) points -= 0.6;
  if (/\bcompared (?:to|with)\b/i.test(text)) points -= 0.8;
  if (text.endsWith('?')) points -= 1;
  if (text.endsWith(':')) points -= 1.5;
  if (text.length < 90) points -= (90 - text.length) / 50;
  if (text.length > 320) points -= 0.6;
  if (text.length > 420) points -= 0.8;
  return points;
}

const ABBREVIATION =
  /(?:\b(?:e\.g|i\.e|etc|vs|cf|al|Fig|Sec|Eq|No|Dr|Prof|resp|approx)|\b[A-Z])\.$/;

/** A sentence ends at a full stop before a capital, not within brackets, nor after an abbreviation. */
function sentencesOf(text: string): string[] {
  const sentences: string[] = [];
  let start = 0;
  for (const match of text.matchAll(/[.!?]["”’)]?(?=\s+[A-Z0-9"“([])|\.(?=[A-Z][a-z]+\s)/g)) {
    const end = match.index + match[0].length;
    const sentence = text.slice(start, end);
    if (ABBREVIATION.test(sentence) || !isBalanced(sentence)) continue;
    sentences.push(sentence.trim());
    start = end;
  }
  const rest = text.slice(start).trim();
  return rest ? [...sentences, rest] : sentences;
}

function isBalanced(text: string): boolean {
  const count = (char: string) => text.split(char).length;
  return count('(') === count(')') && count('[') === count(']');
}

const COMMON =
  /^(?:with|from|into|over|that|this|their|towards?|using|based|about|your|have|does|what|when|which)$/;

function stemsOf(text: string): string[] {
  const words = text.toLowerCase().match(/[a-z][a-z0-9]{2,}/g) ?? [];
  return words.filter((word) => !COMMON.test(word)).map((word) => word.slice(0, 6));
}

function titleStems(title: string): Set<string> {
  return new Set(stemsOf(plainMaths(title)));
}

function titleShare(text: string, stems: ReadonlySet<string>): number {
  if (stems.size === 0) return 0;
  const own = new Set(stemsOf(text));
  return [...stems].filter((stem) => own.has(stem)).length / stems.size;
}

const LEAD =
  /^(?:in this (?:paper|work|study|article|report|survey)|to this end|to address (?:this|these)[^,]{0,60}|to (?:tackle|solve|overcome|mitigate) (?:this|these)[^,]{0,60}|motivated by this[^,]{0,40}|however|here|therefore|thus|hence|results|specifically|in particular|moreover|furthermore|consequently|as a result)[,:]?\s+/i;
/** A clause after the main one, of a sentence that is long anyway. */
const TAIL = /(?:, (?:which|enabling|thereby|allowing|making|leading)\b|;\s).*$/s;
const LISTING = /\([ivx]+\)|\b\d\)|:.*;/;
const LONG = 220;
const KEPT = 100;

/** Without the words that tie it to the sentence before, and without a long tail. */
function shorten(sentence: string): string {
  let text = sentence.replace(LEAD, '');
  if (text !== sentence) text = text.charAt(0).toUpperCase() + text.slice(1);
  if (text.length <= LONG || LISTING.test(text)) return text;
  const cut = text.replace(TAIL, '.');
  return cut.length >= KEPT ? cut : text;
}

/** As a pattern that matches only itself. */
function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
