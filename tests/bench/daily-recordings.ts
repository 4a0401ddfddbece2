/** Early and settled upvotes of a daily listing, recorded: what the ranking is judged by. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ReplayPaper, ReplaySet } from '@/lib/feed/outcome';
import { byPeriod, LEAST_PAPERS } from '@/lib/feed/replay';
import { standingOf } from '@/lib/feed/score';
import type { SourcedReading } from '@/lib/feed/signals';

const DATA = new URL('../../../shared/data/hf-daily/', import.meta.url);
const WITH_HOUR = fileURLToPath(new URL('early-and-settled-2025-10.jsonl', DATA));
const WITHOUT_HOUR = fileURLToPath(new URL('daily-upvotes.jsonl', DATA));
const EARLY = '2404589803';
const DAY = 86_400_000;
const WEEK = 7 * DAY;

export interface Recorded extends ReplayPaper {
  feedAt: Date;
}

export function setsOf(papers: readonly Recorded[]): { days: ReplaySet[]; weeks: ReplaySet[] } {
  const periods = byPeriod(papers, ({ feedAt }) => feedAt);
  const sets = (groups: Map<number, Recorded[]>, length: number) =>
    [...groups]
      .filter(([, group]) => group.length >= LEAST_PAPERS)
      .map(([start, group]) => ({ at: new Date(start + length), papers: group }));
  return { days: sets(periods.days, DAY), weeks: sets(periods.weeks, WEEK) };
}

function recorded(listedAt: Date, upvotes: number, settled: number): Recorded {
  const source = 'daily-papers';
  const seenAt = new Date(Math.floor(listedAt.getTime() / DAY) * DAY + DAY);
  const readings: SourcedReading[] = [
    { kind: 'listed', value: 1, seenAt: listedAt, source },
    { kind: 'upvotes', value: upvotes, seenAt, source },
  ];
  const standing = standingOf({ publishedAt: null, firstSeenAt: listedAt, readings }, seenAt);
  return { standing, feedAt: standing.feedAt, later: settled };
}

function linesOf<Row>(path: string): Row[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

export function readWithHour(): Recorded[] {
  type Row = { submitted_at: string; upvotes_early: number; upvotes_settled: number };
  return linesOf<Row>(WITH_HOUR).map((row) =>
    recorded(new Date(row.submitted_at), row.upvotes_early, row.upvotes_settled),
  );
}

export function readWithoutHour(): Recorded[] {
  type Row = { date: string; arxiv_id: string; upvotes: number; archive: string };
  const rows = linesOf<Row>(WITHOUT_HOUR);
  const settled = new Map<string, number>();
  for (const { archive, arxiv_id, upvotes } of rows) {
    if (archive.startsWith(EARLY)) continue;
    settled.set(arxiv_id, Math.max(upvotes, settled.get(arxiv_id) ?? 0));
  }
  const early = new Map<string, Row>();
  for (const row of rows) {
    const wanted = row.archive.startsWith(EARLY) && settled.has(row.arxiv_id);
    if (wanted && !early.has(row.arxiv_id)) early.set(row.arxiv_id, row);
  }
  return [...early.values()].map(({ date, arxiv_id, upvotes }) =>
    recorded(new Date(`${date}T00:00:00Z`), upvotes, settled.get(arxiv_id)!),
  );
}
