import { HOUR_MS } from '@/lib/calendar/days';
import { type Db, transaction } from '@/lib/db/sql';
import { changeBitmaps, rebuildBitmaps } from './bitmap-store';
import { bitChanges } from './bitmaps';
import { bumpCatalogueVersion } from './catalogue-version';
import { type CohortStanding, cohortWeek, compareWeek, NO_STANDING } from './cohorts';
import { dampedDue, noteDamped } from './damped-store';
import { listedTerms, listTermsOf, tagsIn } from './list-terms';
import { datesOf, isToCome, scoreOf, totalPoints } from './score';
import { type CountedSignal, countSignals, moreCountsAt } from './signals';
import type { RankInput, RankRow } from './store';
import * as store from './store';

export interface RankReport {
  /** Papers whose place in the feeds changed, cohort mates included. */
  changed: number;
}

/** Papers from more weeks than this are compared by the next `rankStaleWeeks`, not at once. */
const WEEKS_AT_ONCE = 4;
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
    const shown = input
      .filter((paper) => !paper.hidden && !(replay && isToCome(paper, now)))
      .map((paper) => ({ ...paper, signals: countSignals(paper.readings, now) }));
    const after = byId(shown.map((paper) => ownRow(paper, before.get(paper.paperId), now)));
    const weeks = staleWeeks(ids, before, after);
    if (weeks.length > WEEKS_AT_ONCE) {
      await store.addStaleWeeks(tx, weeks);
    } else {
      for (const week of weeks) await compare(tx, week, before, after);
    }
    const damped = shown.map(({ paperId, signals }) => ({
      paperId,
      moreAt: moreCountsAt(signals),
    }));
    await noteDamped(tx, ids, damped);
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
  changed += (await rankStaleWeeks(db, { now })).changed;
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

/** Ranks anew papers whose damped signals count for more by now, one batch a call. */
export async function rankDamped(db: Db, now: Date): Promise<{ damped: number }> {
  const ids = await dampedDue(db, now, BATCH);
  const { changed } = await rankPapers(db, ids, now);
  if (changed > 0) await bumpCatalogueVersion(db);
  return { damped: ids.length };
}

/**
 * Compares anew the weeks that `rankPapers` left, while the budget lasts, and clears what ended walks
 * left behind.
 */
export async function rankStaleWeeks(
  db: Db,
  { now, budgetMs = Number.POSITIVE_INFINITY }: { now: Date; budgetMs?: number },
): Promise<RankReport & { weeks: number; forgotten: number }> {
  const end = Date.now() + budgetMs;
  const report = { changed: 0, weeks: 0, forgotten: 0 };
  while (Date.now() < end) {
    const changed = await transaction(db, async (tx) => {
      const generation = await store.nextGeneration(tx);
      const week = await store.takeStaleWeek(tx);
      if (!week) return null;
      const before = new Map<number, RankRow>();
      const after = new Map<number, RankRow>();
      await compare(tx, week, before, after);
      return write(tx, before, after, [], generation);
    });
    if (changed === null) break;
    report.changed += changed;
    report.weeks++;
  }
  report.forgotten = await store.forgetEndedEntries(db, now, WALK_MS);
  if (report.changed > 0) await bumpCatalogueVersion(db);
  return report;
}

/** A paper's row from its own facts; its standing in cohorts stays as it was until compared. */
function ownRow(
  { signals, ...paper }: RankInput & { signals: readonly CountedSignal[] },
  before: RankRow | undefined,
  now: Date,
): RankRow {
  const interest = totalPoints(signals, true);
  const row = {
    paperId: paper.paperId,
    signal: totalPoints(signals),
    interest,
    ...datesOf(paper, paper.readings, now),
    terms: listTermsOf(paper),
  };
  return withStanding(row, interest > 0 && before ? before : NO_STANDING);
}

function withStanding(
  row: Omit<RankRow, keyof CohortStanding | 'score'>,
  { dayShare, tagShare, tagSlug }: CohortStanding,
): RankRow {
  const { signal: points, clockAt } = row;
  const score = scoreOf({ points, clockAt, dayShare, tagShare });
  return { ...row, dayShare, tagShare, tagSlug, score };
}

/** Weeks in which some paper's interest, day or tags changed. */
function staleWeeks(
  ids: readonly number[],
  before: ReadonlyMap<number, RankRow>,
  after: ReadonlyMap<number, RankRow>,
): Date[] {
  const weeks = new Set<number>();
  for (const id of ids) {
    const [old, now] = [before.get(id), after.get(id)];
    const same =
      old?.interest === now?.interest &&
      old?.feedAt.getTime() === now?.feedAt.getTime() &&
      sameList(tagsIn(old?.terms ?? []), tagsIn(now?.terms ?? []));
    if (same) continue;
    for (const row of [old, now]) if (row?.interest) weeks.add(cohortWeek(row.feedAt).getTime());
  }
  return [...weeks].map((time) => new Date(time));
}

/**
 * Compares the papers of a week: those in `after` as they are there, the others as stored. The
 * others are added to `before`, and with their new standing to `after`.
 */
async function compare(
  db: Db,
  week: Date,
  before: Map<number, RankRow>,
  after: Map<number, RankRow>,
): Promise<void> {
  for (const row of await store.loadWeek(db, week)) {
    if (before.has(row.paperId)) continue;
    before.set(row.paperId, row);
    after.set(row.paperId, row);
  }
  const inWeek = [...after.values()].filter(
    (row) => cohortWeek(row.feedAt).getTime() === week.getTime(),
  );
  const standings = compareWeek(inWeek.map((row) => ({ ...row, tags: tagsIn(row.terms) })));
  for (const row of inWeek) {
    after.set(row.paperId, withStanding(row, standings.get(row.paperId) ?? NO_STANDING));
  }
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
    a.interest === b.interest &&
    a.feedAt.getTime() === b.feedAt.getTime() &&
    a.clockAt.getTime() === b.clockAt.getTime() &&
    a.dayShare === b.dayShare &&
    a.tagShare === b.tagShare &&
    a.tagSlug === b.tagSlug &&
    sameList(a.terms, b.terms)
  );
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}

function byId(rows: readonly RankRow[]): Map<number, RankRow> {
  return new Map(rows.map((row) => [row.paperId, row]));
}
