import type { Cue } from '@/lib/tags/cues';
import type { Match, Word } from '@/lib/tags/matcher';
import { WEIGHTS } from '@/lib/tags/tag-weights';
import { type Token, tokenize } from '@/lib/tags/tokens';
import type { Rules, Wording } from '@/lib/tags/wording';

/** A text of a paper, cut into words. */
export interface Text {
  where: 'title' | 'abstract' | 'keyword';
  content: string;
  tokens: readonly Token[];
  words: readonly Word[];
}

/** A wording of a tag in a text, from token `from` up to, not including, token `to`. */
export interface Mention {
  wording: Wording;
  text: Text;
  from: number;
  to: number;
  weight: number;
}

/** Adds every mention in a text to the list of its tag, and returns the text. Tags without any have no entry. */
export function readText(
  rules: Rules,
  { where, content }: Pick<Text, 'where' | 'content'>,
  mentions: Mention[][],
): Text {
  const tokens = tokenize(content);
  const words = rules.words(content, tokens);
  const text: Text = { where, content, tokens, words };
  if (tokens.length === 0) return text;
  const matches = rules.match(tokens, words);
  const context = where === 'abstract' ? readContext(tokens, matches) : null;
  for (const { from, to, value } of matches) {
    if (typeof value === 'string' || (value.kind === 'title' && where !== 'title')) continue;
    const place = where === 'abstract' ? context!(from) : WEIGHTS.place[where];
    const weight = WEIGHTS.strength[value.kind] * place;
    addTo(mentions, value.tag, { wording: value, text, from, to, weight });
  }
  return text;
}

/**
 * How many words may stand between a cue and the mention that it speaks about; for `field`, between
 * the start of the sentence and the cue ("Existing methods …", not "… outperforms existing methods").
 */
const CUE_DISTANCE = { avoided: 2, example: 12, field: 8 };

/** Tells what a mention that starts at a token counts, by its sentence and by what stands before it. */
function readContext(
  tokens: readonly Token[],
  matches: readonly Match<Wording | Cue>[],
): (from: number) => number {
  const sentences = tokens[tokens.length - 1]!.sentence + 1;
  const starts = new Uint32Array(sentences);
  for (let index = tokens.length - 1; index >= 0; index--) starts[tokens[index]!.sentence] = index;
  const place = new Float64Array(sentences).fill(WEIGHTS.place.plain);
  const role = new Float64Array(tokens.length).fill(1);
  for (const { from, to, value } of matches) {
    if (typeof value !== 'string') continue;
    const { sentence } = tokens[from]!;
    if (value === 'own') place[sentence] = WEIGHTS.place.own;
    else if (value === 'field') {
      const early = from - starts[sentence]! < CUE_DISTANCE.field;
      if (early && place[sentence] === WEIGHTS.place.plain) place[sentence] = WEIGHTS.place.field;
    } else {
      const end = Math.min(to + CUE_DISTANCE[value], tokens.length - 1);
      for (let index = to; index <= end && tokens[index]!.sentence === sentence; index++) {
        role[index] = Math.min(role[index]!, WEIGHTS[value]);
      }
    }
  }
  return (from) => place[tokens[from]!.sentence]! * role[from]!;
}

/** A mention with what it adds to its tag. */
export interface Counted {
  mention: Mention;
  weight: number;
}

/**
 * What the mentions of one tag add up to. Of mentions that overlap the longest counts, so that a `not`
 * wording takes the words inside it away; the same wording again counts for less.
 */
export function countMentions(
  mentions: readonly Mention[],
  isAssigned: (tag: number) => boolean,
): Counted[] {
  const taken = withoutOverlaps(
    mentions.filter(({ wording }) => wording.needs < 0 || isAssigned(wording.needs)),
  );
  const times = new Map<number, number>();
  const counted: Counted[] = [];
  let hints = 0;
  for (const mention of taken.sort(heaviestFirst)) {
    const { wording, weight: full } = mention;
    if (wording.kind === 'not' || full === 0 || restates(mention, taken)) continue;
    const time = times.get(wording.id) ?? 0;
    times.set(wording.id, time + 1);
    let weight = full * (WEIGHTS.repeat[time] ?? 0);
    if (wording.kind === 'hint') {
      weight = Math.min(weight, WEIGHTS.hints - hints);
      hints += weight;
    }
    if (weight > 0) counted.push({ mention, weight });
  }
  return counted;
}

function withoutOverlaps(mentions: Mention[]): Mention[] {
  const taken: Mention[] = [];
  for (const mention of mentions.sort(longestFirst)) {
    const over = taken.find(
      ({ text, from, to }) => text === mention.text && mention.from < to && from < mention.to,
    );
    if (!over) taken.push({ ...mention });
    // A longer wording is worth at least what stands inside it.
    else if (over.wording.kind !== 'not') over.weight = Math.max(over.weight, mention.weight);
  }
  return taken;
}

function longestFirst(a: Mention, b: Mention): number {
  return b.to - b.from - (a.to - a.from) || b.weight - a.weight || a.from - b.from;
}

function heaviestFirst(a: Mention, b: Mention): number {
  return b.weight - a.weight || a.from - b.from;
}

/** "Large language models (LLMs)" is one mention, not two; "mining frequent patterns" may be two. */
function restates({ text, from }: Mention, others: readonly Mention[]): boolean {
  return others.some(
    (other) =>
      other.text === text &&
      other.to === from &&
      text.content.slice(text.tokens[from - 1]!.end, text.tokens[from]!.start).includes('('),
  );
}

/** Adds an item to the list with this number, which begins with its first item. */
export function addTo<T>(lists: T[][], number: number, item: T): void {
  const list = lists[number];
  if (list) list.push(item);
  else lists[number] = [item];
}
