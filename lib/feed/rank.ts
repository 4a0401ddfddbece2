import { HOUR_MS } from '@/lib/calendar/days';
import { type Db, transaction } from '@/lib/db/sql';
import { changeBitmaps, rebuildBitmaps } from './bitmap-store';
import { bitChanges } from './bitmaps';
import { bumpCatalogueVersion } from './catalogue-version';
import { listedTerms, listTermsOf } from './list-terms';
import { isToCome, scoreOf, standingOf } from './score';
import type { RankInput, RankRow } from './store';
import * as store from './store';

export interface RankReport {
  /** Papers whose place in the feeds changed. */
  changed: number;
}

const BATCH = 500;
/** A reader may take this long from the first page to the last and see the feed as it was. */
const WALK_MS = 2 * HOUR_MS;

/**
 * Scores these papers as of `now` and puts them in their feeds. Hidden ones are taken out, and in a
 * `replay` of a past moment also those that nobody knew of then.
 */
export async function rankPapers(
  db: Db,
  ids: readonly number[],
  now: Date,
  { replay = false } = {},
): Promise<RankReport> {
  if (ids.length === 0) return { changed: 0 };
  return transaction(db, async (tx) => {
    const generation = await store.nextGeneration(tx);
    const before = byId(await store.loadRankRows(tx, ids));
    const input = await store.loadRankInput(tx, ids);
    const shown = input.filter((paper) => !paper.hidden && !(replay && isToCome(paper, now)));
    const after = byId(shown.map((paper) => rankRow(paper, now)));
    return { changed: await write(tx, before, after, ids, generation) };
  });
}

/** Scores every paper as of `now`, and tells the web processes. May be interrupted and run again. */
export async function rankAll(
  db: Db,
  now: Date,
  {
    replay,
    progress = () => {},
  }: { replay?: boolean; progress?: (done: number, total: number) => void } = {},
): Promise<RankReport & { papers: number }> {
  const total = await store.countPapers(db);
  let changed = 0;
  let papers = 0;
  for (let last: number | null = 0; last !== null; ) {
    const step = await rankStep(db, last, now, replay);
    last = step.last;
    papers += step.papers;
    changed += step.changed;
    progress(papers, total);
  }
  await transaction(db, async (tx) => {
    await store.nextGeneration(tx);
    await recountFeeds(tx);
    await store.setRankedUpTo(tx, null);
  });
  if (changed > 0) await bumpCatalogueVersion(db);
  return { papers, changed };
}

/** Counts all papers under each term anew: after papers were deleted, or a backup restored. */
export async function recountFeeds(db: Db): Promise<void> {
  await store.recountTerms(db);
  await rebuildBitmaps(db);
}

/**
 * Ranks anew what was ranked by the weights of another version, or comes from the backup of one, while
 * the budget lasts. It keeps its place, so the next call goes on where this one stopped.
 */
export async function rankOutdated(
  db: Db,
  { now, budgetMs }: { now: Date; budgetMs: number },
): Promise<{ outdated: number; unchecked: boolean }> {
  const end = Date.now() + budgetMs;
  let last = await store.rankedUpTo(db);
  let outdated = 0;
  while (last !== null && Date.now() < end) {
    const step = await rankStep(db, last, now);
    last = step.last;
    outdated += step.changed;
    await store.setRankedUpTo(db, last);
  }
  if (outdated > 0) await bumpCatalogueVersion(db);
  return { outdated, unchecked: last !== null };
}

/** Ranks the next papers by id; `last` is null after the last ones. */
async function rankStep(db: Db, above: number, now: Date, replay?: boolean) {
  const ids = await store.paperIdsAfter(db, above, BATCH);
  const { changed } = await rankPapers(db, ids, now, { replay });
  return { papers: ids.length, changed, last: ids.length < BATCH ? null : ids.at(-1)! };
}

/** Clears what ended walks left behind. */
export async function forgetEndedWalks(db: Db, now: Date): Promise<{ forgotten: number }> {
  return { forgotten: await store.forgetEndedEntries(db, now, WALK_MS) };
}

function rankRow(paper: RankInput, now: Date): RankRow {
  const standing = standingOf(paper, now);
  return {
    paperId: paper.paperId,
    score: scoreOf(standing),
    signal: standing.votes,
    feedAt: standing.feedAt,
    terms: listTermsOf(paper),
  };
}

/** Writes what differs. `ids` without a row are taken out. Returns how many papers changed. */
async function write(
  db: Db,
  before: ReadonlyMap<number, RankRow>,
  after: ReadonlyMap<number, RankRow>,
  ids: readonly number[],
  generation: number,
): Promise<number> {
  const changed = [...after.values()].filter((row) => !sameRow(before.get(row.paperId), row));
  const removed = ids.filter((id) => before.has(id) && !after.has(id));
  const counts = new Map<string, number>();
  const count = (terms: readonly string[], by: number) => {
    for (const term of listedTerms(terms)) counts.set(term, (counts.get(term) ?? 0) + by);
  };
  for (const row of changed) {
    count(before.get(row.paperId)?.terms ?? [], -1);
    count(row.terms, 1);
  }
  for (const id of removed) count(before.get(id)!.terms, -1);
  const replaced = changed.map((row) => row.paperId).filter((id) => before.has(id));
  await store.endEntries(db, [...replaced, ...removed], generation);
  await store.removeRankRows(db, removed);
  await store.writeRankRows(db, changed, generation);
  await store.countTerms(db, counts);
  await changeBitmaps(db, bitChanges(changed, removed, before));
  return changed.length + removed.length;
}

function sameRow(a: RankRow | undefined, b: RankRow): boolean {
  return (
    a !== undefined &&
    a.score === b.score &&
    a.signal === b.signal &&
    a.feedAt.getTime() === b.feedAt.getTime() &&
    a.terms.length === b.terms.length &&
    a.terms.every((term, i) => term === b.terms[i])
  );
}

function byId(rows: readonly RankRow[]): Map<number, RankRow> {
  return new Map(rows.map((row) => [row.paperId, row]));
}
