import type { Block } from '@/lib/sources/formats/listing/listing-blocks';
import { type Line, paperIn } from '@/lib/sources/formats/listing/listing-lines';
import { readsLikeText, readsLikeTitle } from '@/lib/sources/formats/listing/listing-words';

/** What tells that a paper begins, the surest first. */
export const OPENINGS = ['submitter', 'link', 'bullet', 'heading', 'alternation'] as const;
export type Opening = (typeof OPENINGS)[number];

/** How a page is laid out, as far as its beginning shows. */
export interface PageShape {
  opening: Opening;
  /** Of the headings that are titles. */
  level: number;
  /** The page's own day stands above its papers; further days begin further sections. */
  dayFirst: boolean;
  /** That day comes without its year. */
  isYearless: boolean;
  /** It calls itself a page of papers. */
  named: boolean;
  /** The number of votes stands above the title. */
  numbersBefore: boolean;
  /** An address on a line of its own stands above what it leads to. */
  addressesBefore: boolean;
  /** Outlines of short blocks that return without an abstract under them: names, links, calls. */
  repeated: ReadonlySet<string>;
}

/** Whether most of a page's text is broken into lines. */
export function isWrapped(lines: readonly Line[]): boolean {
  const empty = lines.filter(({ text, addresses }) => text === '' && addresses.length === 0);
  // Without empty lines only the line breaks tell its parts apart.
  if (lines.length > 10 && empty.length < lines.length / 10) return false;
  let long = 0;
  let all = 0;
  for (const { text } of lines) {
    all += text.length;
    if (text.length > 130) long += text.length;
  }
  return long < all / 2;
}

export function outline(text: string): string {
  return text.length > 80 ? text : text.toLowerCase().replace(/\d[\d.,]*/g, '#');
}

export function shapeOf(blocks: readonly Block[], opening: Opening): PageShape {
  const level = titleLevel(blocks);
  const first = firstTitle(blocks, opening, level);
  const isBefore = (found: number) => found >= 0 && (first < 0 || found < first);
  const dayAt = blocks.findIndex(
    ({ facts: [fact, more] }) => fact?.kind === 'date' && !fact.owned && !more,
  );
  const day = blocks[dayAt]?.facts[0];
  const text = blocks.findIndex(isText);
  const dayFirst = dayAt >= 0 && (text < 0 || dayAt < text);
  return {
    opening,
    level,
    named: blocks.some(({ kind, text: said }) => kind === 'banner' && NAMED.test(said)),
    dayFirst,
    isYearless: dayFirst && day?.kind === 'date' && day.date.year === null,
    numbersBefore:
      opening !== 'submitter' &&
      isBefore(blocks.findIndex(({ facts }) => facts.some(({ kind }) => kind === 'number'))),
    addressesBefore: standBefore(blocks),
    repeated: repeatedIn(blocks),
  };
}

const NAMED =
  /^(?:daily|trending|weekly|monthly|top|latest|recent|new|popular) papers\b|AK and the research community/i;

function isText(block: Block): boolean {
  return block.kind === 'words' && !readsLikeTitle(block.text, false);
}

function firstTitle(blocks: readonly Block[], opening: Opening, level: number): number {
  if (opening === 'link') {
    return blocks.findIndex(
      ({ kind, linked, addresses }) =>
        kind === 'words' && linked && paperIn(addresses) !== undefined,
    );
  }
  if (opening === 'heading') return blocks.findIndex(({ heading }) => heading === level);
  if (opening === 'bullet')
    return blocks.findIndex(({ bullet, kind }) => bullet && kind === 'words');
  const text = blocks.findIndex(isText);
  for (let at = text - 1; at >= 0; at--) if (blocks[at]!.kind === 'words') return at;
  return -1;
}

/** The level of most headings that have an abstract below them. */
function titleLevel(blocks: readonly Block[]): number {
  const counts = new Map<number, number>();
  let heading: Block | null = null;
  for (const block of blocks) {
    if (block.heading > 0) heading = block;
    else if (heading && block.kind === 'words' && readsLikeText(block.text)) {
      counts.set(heading.heading, (counts.get(heading.heading) ?? 0) + 1);
      heading = null;
    }
  }
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return most?.[0] ?? -1;
}

function standBefore(blocks: readonly Block[]): boolean {
  let before = 0;
  for (const [i, block] of blocks.entries()) {
    if (block.kind !== 'address' || paperIn(block.addresses) === undefined) continue;
    if (isShort(blocks[i + 1])) before++;
    if (isShort(blocks[i - 1])) before--;
  }
  return before > 0;
}

function isShort(block: Block | undefined): boolean {
  return block?.kind === 'words' && !readsLikeText(block.text);
}

function repeatedIn(blocks: readonly Block[]): Set<string> {
  const times = new Map<string, { all: number; titled: number }>();
  const said = blocks.filter(({ kind }) => kind === 'words');
  for (const [i, block] of said.entries()) {
    if (block.text.length > 80) continue;
    const key = outline(block.text);
    const count = times.get(key) ?? { all: 0, titled: 0 };
    const next = said[i + 1];
    count.all++;
    if (next && readsLikeText(next.text)) count.titled++;
    times.set(key, count);
  }
  return new Set(
    [...times]
      .filter(([key, { all, titled }]) => all > 1 && (titled * 2 <= all || isCounter(key)))
      .map(([key]) => key),
  );
}

/** "Review #", "Day #" */
function isCounter(key: string): boolean {
  return key.includes('#') && key.split(' ').length <= 3;
}
