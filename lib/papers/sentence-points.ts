import { stem } from 'porter2';

/**
 * How much a sentence of an abstract says about what the paper is: the share of the title's words, and
 * cues for what it proposes, against those for background, results and links. Figures: README.md.
 */

const PROPOSES =
  'propos(?:es?|ed|ing)|present(?:s|ed)?|introduc(?:es?|ed|ing)|stud(?:y|ies|ied)|show(?:s|ed)?|prov(?:es?|ed)|develop(?:s|ed)?|design(?:s|ed)?|investigat(?:es?|ed)|explor(?:es?|ed)|describ(?:es?|ed)|analy[sz](?:es?|ed)|demonstrat(?:es?|ed)|establish(?:es|ed)?|deriv(?:es?|ed)|examin(?:es?|ed)|address(?:es|ed)?|formulat(?:es?|ed)|offers?|provid(?:es?|ed)|give|construct(?:s|ed)?|creat(?:es?|ed)|releas(?:es?|ed)|built|build|review(?:s|ed)?|survey(?:s|ed)?|tackl(?:es?|ed)|argu(?:es?|ed)|find|found|consider(?:s|ed)?|extend(?:s|ed)?|devis(?:es?|ed)|unveil|report(?:s|ed)?|evaluat(?:es?|ed)|compar(?:es?|ed)|characteri[sz](?:es?|ed)|propose and \\w+|aims?|focus(?:es)?|obtain(?:s|ed)?|conduct(?:s|ed)?|advocate|leverage|apply|train(?:s|ed)?|reveal(?:s|ed)?|identif(?:y|ies|ied)|present and \\w+';
const OWN = String.raw`(?:this|the present|our|the) (?:\w+ )?(?:paper|work|study|article|report|survey|thesis|review|letter|note|tutorial|manuscript|research|contribution)`;
const SUBJECT = String.raw`(?:\bwe|\bI|\b${OWN}|\bauthors)`;

const PROPOSAL = [
  new RegExp(String.raw`${SUBJECT}(?:\s+[\w-]+){0,2}?\s+(?:${PROPOSES})\b`, 'i'),
  /\b(?:is|are) (?:proposed|presented|introduced|developed|investigated|studied|described|suggested|examined|derived|discussed)\b/i,
  /\b(?:here|in this \w+),? .{0,80}\b(?:is|are) (?:\w+ed|shown|given)\b/i,
];
const STRONG =
  /\b(?:we|this (?:paper|work|study|article)|the paper|I)\s+(?:\w+\s+)?(?:propos|present|introduc|develop|design|describ|survey|review|prov|establish|devis|unveil)\w*/i;
const RESULTS =
  /\b(?:experiment(?:s|al)?|outperform\w*|results? (?:on|show|demonstrate|indicate|suggest|reveal)\w*|state-of-the-art (?:performance|results?)|achiev\w+|improv\w+ (?:by|of|over)|\d+(?:\.\d+)?\s?\\?%)/i;
const EXPERIMENTS =
  /\b(?:extensive(?:ly)?|experiments? (?:on|show|demonstrate|conducted|with)|experimental(?:ly)? |empirical results|numerical (?:experiments|results)|ablation|evaluations? on|(?:source )?codes?\b.{0,40}\b(?:available|released?|at)|publicly available|project page|github|https?:)/i;
const GAP =
  /\b(?:however|despite|although|recent(?:ly)?|existing|previous|prior|traditional(?:ly)?|conventional|current(?:ly)?|remains?|challenging|limited|unclear|lack(?:s|ing)?|suffers?|has (?:been|become|emerged|shown)|have (?:been|become|emerged|shown)|crucial|essential|important|widely|increasingly|nowadays|today|often|typically|usually)\b/i;
const DANGLING =
  /^(?:it|they|this|these|those|such|its|their|he|she|both|then|thus|hence|therefore|as a result|in contrast|instead|also|besides|likewise|consequently|accordingly|the (?:former|latter|proposed|resulting|key|core|main))\b(?! (?:paper|work|study|article|report|survey|thesis|review|letter|note|tutorial|manuscript|research|thesis)\b)/i;
const DETAIL =
  /^(?:first(?:ly)?|second(?:ly)?|third(?:ly)?|finally|lastly|moreover|furthermore|in addition|additionally|specifically|in particular|for (?:example|instance)|next|meanwhile|notably|concretely|importantly|further|more (?:specifically|precisely|importantly)|our (?:results|experiments|findings)|we (?:further|also|then|finally|additionally))\b|\bwe (?:further|also|additionally) /i;
const REFERENCE =
  /\b(?:this|these|such|those) (?!(?:paper|work|study|article|report|survey|thesis|review|letter|note|tutorial|manuscript|research|a|an|as|that|is|are|can|end|way|by|for|in|we)\b)[\p{L}-]+/giu;
const DATA = /\b(?:dataset|benchmark|corpus|testbed|data set)s?\b/i;
const PARTS =
  /\b(?:two|three|four|five|several|key|main|following) (?:\w+ )?(?:components?|challenges?|stages?|steps?|parts?|modules?|contributions?|questions?|issues?|problems?)\b/i;
const COMPARED = /\b(?:compared (?:to|with)|in comparison|than (?:existing|previous|prior|the))\b/i;
/** What a paper is not about. */
const NEGATED = /\b(?:we|this (?:paper|work|study|survey|article)) (?:do|does) not\b/i;

/** More references than these count no further. */
const MOST_REFERENCES = 3;

export interface Title {
  stems: ReadonlySet<string>;
  /** What stands before the colon, where that is a name: "LoRA". */
  name: string | null;
  announcesData: boolean;
}

/** A title made ready for its abstract's sentences. */
export function readTitle(title: string): Title {
  const named = /^([^:\s]+(?: [^:\s]+){0,2}):\s/.exec(title)?.[1] ?? null;
  return {
    stems: new Set(stemsOf(title)),
    name: named && /\p{Lu}/u.test(named) ? named : null,
    announcesData: DATA.test(title),
  };
}

export interface Candidate {
  /** As it stands in the abstract, for what depends on its beginning. */
  sentence: string;
  /** Without its lead ("In this paper, "), which is what would be shown. */
  shown: string;
  /** From 0, the first sentence, to 1. */
  place: number;
  /** What the first sentence counts for its place; nothing from the second third on. */
  pull: number;
}

/** Begins with a word that stands for something in the sentence before. */
export function leansBack(shown: string): boolean {
  return /^(?:it|they|he|she|its|their|those|these|this|that|such|the (?:former|latter))\b(?!(?: \w+)? (?:paper|work|study|article|report|survey|thesis|review|letter|note|tutorial|manuscript|research|chapter|document|book|project|dissertation|volume|contribution)\b)/i.test(
    shown,
  );
}

export function hasProposal(sentence: string): boolean {
  return PROPOSAL.some((cue) => cue.test(sentence));
}

/** Speaks of the field as it is. */
export function isBackground(sentence: string): boolean {
  return GAP.test(sentence);
}

/** The share of the title's words, by their stems, that the sentence has. */
export function titleShare(sentence: string, title: Title): number {
  if (title.stems.size === 0) return 0;
  const found = new Set(stemsOf(sentence).filter((each) => title.stems.has(each)));
  return found.size / title.stems.size;
}

/** Whether the sentence names the system that the title names before its colon. */
export function namesTitle(sentence: string, title: Title): boolean {
  return title.name !== null && sentence.includes(title.name);
}

export function pointsOf({ sentence, shown, place, pull }: Candidate, title: Title): number {
  const proposal = hasProposal(sentence);
  let points = 3 * titleShare(shown, title);
  if (proposal) points += 1.7;
  if (STRONG.test(sentence)) points += 0.8;
  points += namePoints(shown, title.name);
  if (RESULTS.test(shown)) points -= 0.7;
  if (EXPERIMENTS.test(shown)) points -= 0.8;
  if (!proposal && isBackground(shown)) points -= 0.8;
  if (DANGLING.test(shown)) points -= 1.2;
  points -= 0.55 * Math.min(MOST_REFERENCES, shown.match(REFERENCE)?.length ?? 0);
  if (DETAIL.test(sentence)) points -= 0.9;
  if (!title.announcesData && proposal && DATA.test(shown)) points -= 0.9;
  if (PARTS.test(shown)) points -= 0.6;
  if (COMPARED.test(shown)) points -= 0.8;
  if (NEGATED.test(shown)) points -= 1.2;
  if (/\?["”’)]*$/.test(shown)) points -= 1;
  if (/:$/.test(shown)) points -= 1.5;
  return points + lengthPoints(shown.length) + pull * Math.max(0, 1 - 3 * place);
}

function namePoints(sentence: string, name: string | null): number {
  if (name === null) return 0;
  const at = sentence.indexOf(name);
  if (at < 0) return 0;
  const is = /^[\s,]+(?:is|are|uses?|combines|learns|provides|enables|introduces|leverages)\b/;
  return 0.7 + (is.test(sentence.slice(at + name.length)) ? 0.6 : 0);
}

function lengthPoints(length: number): number {
  if (length < 90) return (length - 90) / 50;
  return (length > 320 ? -0.6 : 0) + (length > 420 ? -0.8 : 0);
}

const FUNCTION_WORDS = new Set(
  'a an the of for in on at to and or with by from via is are as be using based towards toward it its this that we our how what why when can do does not into under over'.split(
    ' ',
  ),
);

function stemsOf(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.filter((word) => !FUNCTION_WORDS.has(word)).map(stem);
}
