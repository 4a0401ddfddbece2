import { withoutLooseEnd } from '@/lib/papers/display';
import type { Paper } from '@/lib/papers/paper';
import {
  hasProposal,
  isBackground,
  leansBack,
  namesTitle,
  pointsOf,
  readTitle,
  titleShare,
} from '@/lib/papers/sentence-points';
import { splitSentences } from '@/lib/papers/sentences';
import { plainMaths } from '@/lib/papers/tex/plain-text';

/** What a paper is about in one sentence, chosen by rule. */
export interface OneSentence {
  /** The whole sentence, for the paper's page. Its formulas are TeX. */
  sentence: string;
  /** Plain text of at most 105 characters, for a row; ends with an ellipsis where it was cut. */
  row: string;
  /** Whose words they are: a source's TL;DR, the paper's abstract, or the site's own summary. */
  from: 'tldr' | 'abstract' | 'summary';
  /** Whether words at the beginning or the end of `sentence` were left out. */
  shortened: boolean;
}

type Written = Pick<Paper, 'title' | 'abstract' | 'abstractKind'>;

/** What fits one line of a row, beside its gutter, at 1280 pixels. */
const ROW_LENGTH = 105;
/** Without a word of a proposal, a sentence that has less of the title than this says too little. */
const LEAST_TITLE_SHARE = 0.4;
/** An abstract begins with background, a summary with its subject. */
const PULL = { abstract: 0.3, summary: 1 };

/**
 * A paper's TL;DR where a source gave one, else the sentence of its abstract that says most. Null where
 * no sentence says what the paper is about.
 */
export function oneSentence(paper: Written & Pick<Paper, 'tldr'>): OneSentence | null {
  if (paper.tldr) {
    return { sentence: paper.tldr, row: rowText(paper.tldr), from: 'tldr', shortened: false };
  }
  const whole = bestSentence(paper);
  if (whole === null) return null;
  const sentence = withoutTail(withoutLead(whole));
  return {
    sentence,
    row: rowText(sentence),
    from: paper.abstractKind,
    shortened: sentence !== whole,
  };
}

function bestSentence({ title, abstract, abstractKind }: Written): string | null {
  const read = readTitle(title);
  const sentences = splitSentences(unwrap(abstract));
  const pull = PULL[abstractKind];
  let best: string | null = null;
  let most = -Infinity;
  for (const [index, sentence] of sentences.entries()) {
    const shown = withoutLead(sentence);
    const place = index / sentences.length;
    const points = pointsOf({ sentence, shown, place, pull }, read);
    if (points > most && !leansBack(shown)) [best, most] = [sentence, points];
  }
  if (best === null || abstractKind === 'summary' || hasProposal(best)) return best;
  const tells = titleShare(best, read) >= LEAST_TITLE_SHARE || namesTitle(best, read);
  return tells && !isBackground(best) ? best : null;
}

/** References and marks that say nothing outside of the abstract. */
function unwrap(abstract: string): string {
  if (!/[\\[*]/.test(abstract)) return abstract;
  return abstract
    .replace(/~?\\(?:cite[tp]?|footnote|ref|label)\*?\{[^{}]*\}/g, '')
    .replace(/\s?\[\d{1,3}(?:[,–-]\s?\d{1,3})*\](?=[\s.,;])/g, '')
    .replace(/\*\*([^*]+)\*\*/g, '$1');
}

const LEADS = [
  /^(?:In|Within|With|Through|Throughout) (?:this|the present|our|the current) (?:\w+ )?(?:paper|work|study|article|report|survey|thesis|review|letter|note|manuscript|research|tutorial|position paper),?\s+/i,
  /^(?:To (?:this|that) end|However|Here|Hence|Thus|Therefore|Moreover|Furthermore|In addition|Additionally|Accordingly|Consequently|As a result|In response|Motivated by this|Specifically|In particular|Inspired by this|In contrast|Instead|Notably|First|Second|Third|Finally|Lastly|Overall|Also|Next|Towards? this (?:end|goal)|For this purpose|In light of this|More specifically),\s+/i,
  /^This (?:paper|work|study),\s+(?=we\b)/i,
  /^(?:Here|Herein)\s+(?=we\b)/i,
  /^(?:Results?|Methods?|Objectives?|Purpose|Background|Conclusions?|Aims?|Summary|Abstract|Approach|Contributions?|Findings):\s+/i,
  /^(?:To|In|By|With|Based|Motivated|Inspired|Given|Guided|Driven|For|From|Against|On|[A-Z][a-z]+ing)\b[^,;:]{0,140}\b(?:this|these|those|that|it|them|such|above)\b[^,;:]{0,80},\s+(?=we\b|this (?:paper|work|study|article)\b)/i,
];

/** Without what ties it to the sentence before it: "To address these challenges, we …" → "We …". */
function withoutLead(sentence: string): string {
  let rest = sentence;
  for (let round = 0; round < 3; round++) {
    const before = rest;
    for (const lead of LEADS) rest = rest.replace(lead, '');
    if (rest === before) break;
  }
  return rest === sentence ? sentence : capitalised(rest);
}

const LONG = 220;
const LEAST_LEFT = 100;
const TAIL =
  /(?:;\s|,\s(?:which|where|enabling|thereby|thus|allowing|making|leading|resulting|achieving|while|whereas|yielding)\b)/g;

/** A long sentence without its last clause. Enumerations are left alone: a part would be untrue. */
function withoutTail(sentence: string): string {
  if (sentence.length <= LONG || /\([ivx]+\)|\(?\b\d\)|:.*;/.test(sentence)) return sentence;
  for (const { 0: mark, index } of [...sentence.matchAll(TAIL)].reverse()) {
    if (index < LEAST_LEFT || isInside(sentence, index)) continue;
    if (/where/.test(mark) && /,\s(?:is|are)\b/.test(sentence.slice(index + 2))) continue;
    return `${sentence.slice(0, index)}.`;
  }
  return sentence;
}

/** Whether a place of the text lies within a formula or a bracket. */
function isInside(text: string, index: number): boolean {
  const before = text.slice(0, index);
  const count = (mark: RegExp) => before.match(mark)?.length ?? 0;
  return count(/\(/g) > count(/\)/g) || count(/(?<!\\)\$/g) % 2 === 1;
}

const LEAST_CLAUSE = 70;
const CLAUSE =
  /[;:](?=\s)|,(?= (?:which|where|while|whereas|with|by|and|but|to|for|from|in|on|as|such|including|using|based|thus|thereby|(?!\w+ing-)\w+ing)\b)|\s[–—(]/g;
/** "Building on X, we propose Y": a row has room for Y only. */
const OPENING =
  /^(?:To|By|With|In|For|On|\p{Lu}\p{Ll}+(?:ing|ed))\b[^;:]{0,200}?,\s+(?=(?:we|this (?:paper|work|study|article)|our (?:paper|work|study)) )/u;
/** Plain text for a row, cut at a clause where much is left before it, else at a word. */
function rowText(sentence: string): string {
  const whole = plainMaths(sentence).replace(/\s+/g, ' ').trim();
  if (whole.length <= ROW_LENGTH) return whole;
  const text = capitalised(whole.replace(OPENING, ''));
  if (text.length <= ROW_LENGTH) return text;
  const room = text.slice(0, ROW_LENGTH);
  const clause = [...room.matchAll(CLAUSE)]
    .map(({ index }) => index)
    .filter((index) => index >= LEAST_CLAUSE && !isInside(text, index))
    .at(-1);
  const end = clause ?? room.lastIndexOf(' ');
  return `${withoutLooseEnd(room.slice(0, end > 0 ? end : ROW_LENGTH - 1))}…`;
}

/** With a capital at the beginning; names such as "pFedGA" keep their small letter. */
function capitalised(text: string): string {
  return text.replace(/^\p{Ll}(?!\p{Ll}*\p{Lu})/u, (letter) => letter.toUpperCase());
}
