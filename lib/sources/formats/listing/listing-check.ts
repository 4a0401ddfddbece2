import type { ReadItem } from '@/lib/ingest/read-item';
import type { PaperRecord } from '@/lib/papers/paper';
import type { Piece } from '@/lib/sources/formats/input/text-input';
import { layoutOf } from '@/lib/sources/formats/listing/listing';
import type { PageShape } from '@/lib/sources/formats/listing/listing-shape';
import {
  isPersonal,
  isSectionTitle,
  SHORTEST_ABSTRACT,
  saysWhatWasDone,
  turnsOfResearch,
} from '@/lib/sources/formats/listing/listing-words';

const SHOWN = 3;

/**
 * Why a text is no page of papers, or null where it is one: it is read, and most of what would be
 * papers must have an abstract.
 */
export async function listingProblem(
  pieces: readonly Piece[],
  { now, unwrapped }: { now: Date; unwrapped: boolean },
): Promise<string | null> {
  const { name, shape, items } = await layoutOf(pieces, { now, unwrapped, titlesAlone: true });
  if (name !== 'page') return null;
  const papers = items.flatMap((item) => (item.kind === 'record' ? [item.record] : []));
  if (papers.length === 0) return 'each a title with its abstract under it';
  const good = papers.filter((paper) => hasAbstract(paper, shape!));
  const bare = papers.length - good.length;
  if (good.length > 0 && (bare <= good.length || isRegular(papers, shape!))) {
    const isOneText = sectionsIn(items) > good.length * 0.5;
    if (isAnchored(shape!) || (!isOneText && speakOfResearch(good, shape!))) return null;
    return `its ${papers.length} titles stand above texts that are no abstracts; ${shown(papers)}`;
  }
  return `${bare} of ${papers.length} titles have no abstract; ${shown(papers)}`;
}

/** Articles and letters have titles and paragraphs too. */
function speakOfResearch(
  good: readonly PaperRecord[],
  { dayFirst, isYearless, named }: PageShape,
): boolean {
  const turns = good.map(({ abstract }) => turnsOfResearch(abstract!));
  const personal = good.filter(({ abstract }) => isPersonal(abstract!)).length;
  // Pages of papers give their day without the year, articles hardly ever.
  if (isYearless) return true;
  if (dayFirst || named) return turns.filter((n) => n > 0).length >= good.length * 0.6;
  const mean = turns.reduce((all, n) => all + n, 0) / good.length;
  const done = good.filter(({ abstract }) => saysWhatWasDone(abstract!)).length / good.length;
  if (personal > good.length * 0.2) return false;
  return done >= 0.6 ? mean >= 2 : done >= 0.25 && mean >= 2.5;
}

/** Headings that are of parts of one text. */
function sectionsIn(items: readonly ReadItem[]): number {
  return items
    .flatMap((item) => (item.kind === 'rejected' ? item.raw.split('\n') : []))
    .filter(isSectionTitle).length;
}

/** By something else than the order of its blocks. */
function isAnchored({ opening }: PageShape): boolean {
  return opening === 'submitter' || opening === 'link';
}

/** Under a date a short abstract will do; elsewhere any message of two paragraphs would look like one. */
function hasAbstract({ abstract = '' }: PaperRecord, shape: PageShape): boolean {
  if (isAnchored(shape)) return abstract !== '';
  return abstract.length >= (shape.dayFirst ? 1 : SHORTEST_ABSTRACT);
}

/** Whether as many short blocks stand beside each abstract: names, not titles. */
function isRegular(papers: readonly PaperRecord[], shape: PageShape): boolean {
  if (shape.opening !== 'alternation') return false;
  const gaps: number[] = [];
  let gap = 0;
  for (const { abstract } of papers) {
    if (abstract === undefined) gap++;
    else {
      gaps.push(gap);
      gap = 0;
    }
  }
  const [, second, ...more] = gaps;
  return second !== undefined && second <= 3 && more.length > 0 && more.every((n) => n === second);
}

function shown(papers: readonly PaperRecord[]): string {
  const titles = papers.slice(0, SHOWN).map(({ title, abstract }) => {
    const beginning = title.length > 80 ? `${title.slice(0, 80)}…` : title;
    return `${JSON.stringify(beginning)}${abstract === undefined ? ' (no abstract)' : ''}`;
  });
  return `read as a page it would begin with ${titles.join(', ')}; if these are papers, say --format listing`;
}
