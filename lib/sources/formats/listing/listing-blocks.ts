import { type Piece, wholeLines } from '@/lib/sources/formats/input/text-input';
import { LONGEST_RECORD } from '@/lib/sources/formats/input/types';
import { dateLine } from '@/lib/sources/formats/listing/listing-dates';

/** Lines without an empty one between, joined. */
export interface Block {
  text: string;
  line: number;
  cut: boolean;
}

/** The paragraphs of a text. A line that is only a date or a byline stands for itself. */
export async function* blocks(
  pieces: AsyncIterable<Piece> | Iterable<Piece>,
): AsyncGenerator<Block> {
  let paragraph: Paragraph | null = null;
  for await (const { text, line, cut } of wholeLines(pieces, LONGEST_RECORD)) {
    const trimmed = text.trim();
    const alone = trimmed === '' || isBoilerplate(trimmed) || dateLine(trimmed) !== null;
    if (paragraph && (alone || paragraph.length > LONGEST_RECORD)) {
      yield paragraph.block();
      paragraph = null;
    }
    if (trimmed === '') continue;
    if (alone) yield { text: trimmed, line, cut };
    else if (paragraph) paragraph.add(trimmed, cut);
    else paragraph = new Paragraph(trimmed, line, cut);
  }
  if (paragraph) yield paragraph.block();
}

/** Joined only at its end: joining line by line would take quadratic time. */
class Paragraph {
  private readonly lines: string[];
  length: number;

  constructor(
    first: string,
    private readonly line: number,
    private cut: boolean,
  ) {
    this.lines = [first];
    this.length = first.length;
  }

  add(line: string, cut: boolean): void {
    // A word broken at a hyphen keeps the hyphen and loses the line break.
    const broken = /\p{L}-$/u.test(this.lines.at(-1)!) && /^\p{Ll}/u.test(line);
    this.lines.push(broken ? line : ` ${line}`);
    this.length += line.length;
    this.cut ||= cut;
  }

  block(): Block {
    return { text: this.lines.join(''), line: this.line, cut: this.cut };
  }
}

const BOILERPLATE = [
  /^(?:new|trending|hot|top|home|menu|subscribe|sign ?up|sign ?in|log ?in|login|submit|search|papers|upvote)$/i,
  /^(?:daily|trending|weekly|monthly|top|latest) papers$/i,
  /^(?:get|receive) trending papers\b.*$/i,
  /^by\s?[A-Z@].{0,80}$/,
  /^by$/,
  /^AK and the research community$/,
  /^submitted by\b.{0,60}$/i,
  /^[·•\s]*\d[\d.,]*\s*(?:k|m)?$/i,
  /^[·•\s]*\d+ (?:authors?|comments?|upvotes?|stars?|likes?)$/i,
];

/** What a page shows around its papers: navigation, a byline, counters. */
export function isBoilerplate(text: string): boolean {
  return text.length <= 120 && BOILERPLATE.some((pattern) => pattern.test(text));
}

/** Shorter than nearly any abstract, longer than nearly every title. */
export const SHORTEST_ABSTRACT = 200;
const LONGEST_TITLE = 300;
/** Words of a sentence that is an abstract rather than a title with a full stop. */
const SHORTEST_SENTENCE = 8;

/**
 * Whether a block reads like a title: one sentence without a full stop, not a list item, no address.
 * `afterText` tells whether it may as well be one more paragraph of the abstract before it.
 */
export function readsLikeTitle(text: string, afterText: boolean): boolean {
  if (text.length > LONGEST_TITLE || !/\p{L}|\d/u.test(text)) return false;
  if (/https?:\/\/|www\./.test(text) || /^(?:[-*•–]\s|\(?[0-9ivx]{1,4}[.)]\s)/.test(text))
    return false;
  if (/[;,:]$/.test(text) || (text.length > 120 && /(?:…|\.\.\.)$/.test(text))) return false;
  if (text.length > 80 && /^(?:We|Our|This (?:paper|work)|In this (?:paper|work))\b/.test(text))
    return false;
  // Two sentences; "vs. Baselines" and initials are not the end of one.
  if (/(?<!\b(?:vs|v|et al|no|st|dr|[A-Z]))[.!?]\s+\p{Lu}.*[.]$/u.test(text)) return false;
  if (text.endsWith('.') && !/\b(?:al|etc|inc|jr)\.$/.test(text)) {
    return isTitleCase(text) || (!afterText && text.split(/\s+/).length < SHORTEST_SENTENCE);
  }
  return true;
}

function isTitleCase(text: string): boolean {
  const words = text.split(/\s+/).filter((word) => /^\p{L}{4,}/u.test(word));
  const capital = words.filter((word) => /^\p{Lu}/u.test(word));
  return words.length >= 2 && capital.length >= words.length * 0.7;
}

/**
 * Whether a text looks like a page of papers: an abstract under a title. Under a date a short abstract
 * will do; elsewhere any message of two paragraphs would look like one.
 */
export async function looksLikeListing(pieces: Iterable<Piece>): Promise<boolean> {
  let dated = false;
  let titled = false;
  for await (const { text } of blocks(pieces)) {
    if (dateLine(text)) dated = true;
    else if (isBoilerplate(text)) continue;
    else if (readsLikeTitle(text, false)) titled = true;
    else if (titled && (dated || text.length >= SHORTEST_ABSTRACT)) return true;
  }
  return false;
}
