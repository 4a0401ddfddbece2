import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { cohortWeek, compareWeek } from '@/lib/feed/cohorts';
import { score, totalPoints } from '@/lib/feed/score';
import { countSignals } from '@/lib/feed/signals';
import { HALF_LIFE_DAYS } from '@/lib/feed/weights';
import type { Report } from './figure';

const UPVOTES = fileURLToPath(
  new URL('../../../shared/data/hf-daily/daily-upvotes.jsonl', import.meta.url),
);
const EARLY = '2404589803';
const DAY = 86_400_000;

interface Candidate {
  id: number;
  listedAt: Date;
  upvotes: number;
  comments: number;
  settled: number;
  /** By this project's formula. */
  score: number;
  /** The same without the part that is the date. */
  interest: number;
}

type Ranker = (candidate: Candidate, now: number) => number;

const ageDays = (candidate: Candidate, now: number) => (now - candidate.listedAt.getTime()) / DAY;
const OTHERS: Record<string, Ranker> = {
  'raw upvotes': ({ upvotes }) => upvotes,
  'Hacker News': (paper, now) =>
    Math.max(paper.upvotes - 1, 0) ** 0.8 / ((ageDays(paper, now) * 1440 + 120) / 60) ** 1.8,
  Reddit: ({ upvotes, listedAt }) =>
    Math.log10(Math.max(upvotes, 1)) + listedAt.getTime() / 1000 / 45_000,
  time: ({ listedAt }) => listedAt.getTime(),
};

/**
 * From the early counts of each day, how well does a formula foresee the settled ones? nDCG of the
 * first ten with the settled upvotes as gain, within a day (of ten papers or more) and within an ISO
 * week, the mean over all; and for weeks the median age of the first ten, which freshness is bought
 * with nDCG for.
 */
export default async function ranking(report: Report): Promise<void> {
  if (!existsSync(UPVOTES)) return;
  const candidates = readCandidates();
  const days = groups(candidates, ({ listedAt }) => listedAt.getTime());
  const weeks = groups(candidates, ({ listedAt }) => cohortWeek(listedAt).getTime());

  const own: Ranker = (candidate) => candidate.score;
  const raw = judge(days, OTHERS['raw upvotes']!).ndcg;
  for (const [name, ranker] of Object.entries(OTHERS)) {
    if (name === 'time') continue;
    say(`nDCG@10 within a day, ${name}`, judge(days, ranker).ndcg, '', '', true);
  }
  const day = judge(days, own).ndcg;
  say(
    'nDCG@10 within a day',
    day,
    `raw early upvotes: ${show(raw)}`,
    `>= ${show(raw)}`,
    day >= raw,
  );

  const week = judge(weeks, own);
  say('nDCG@10 within a week', week.ndcg, `half-life ${HALF_LIFE_DAYS} days`, '', true);
  say('median age of the first ten of a week', week.age, '', '', true, 'days');
  for (const [name, ranker] of Object.entries(OTHERS)) {
    const other = judge(weeks, ranker);
    const halfLife = halfLifeForAge(weeks, other.age);
    const same = judge(weeks, withHalfLife(halfLife));
    say(
      `nDCG@10 within a week at the median age of ${name}`,
      same.ndcg,
      `${name}: ${show(other.ndcg)} at ${show(other.age)} days; here half-life ${show(halfLife)}, ${show(same.age)} days`,
      `>= ${show(other.ndcg)}`,
      same.ndcg >= other.ndcg,
    );
  }

  function say(
    figure: string,
    value: number,
    reference: string,
    goal: string,
    ok: boolean,
    unit = 'nDCG',
  ) {
    report({ figure, value: Number(show(value)), unit, reference, goal, ok });
  }
}

const show = (value: number) => value.toFixed(4);

function readCandidates(): Candidate[] {
  type Row = {
    date: string;
    arxiv_id: string;
    upvotes: number;
    num_comments: number | null;
    archive: string;
  };
  const rows: Row[] = readFileSync(UPVOTES, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  const settled = new Map<string, number>();
  for (const { archive, arxiv_id, upvotes } of rows) {
    if (!archive.startsWith(EARLY)) {
      settled.set(arxiv_id, Math.max(upvotes, settled.get(arxiv_id) ?? 0));
    }
  }
  const early = new Map<string, Row>();
  for (const row of rows) {
    const wanted = row.archive.startsWith(EARLY) && settled.has(row.arxiv_id);
    if (wanted && !early.has(row.arxiv_id)) early.set(row.arxiv_id, row);
  }
  return withScores([...early.values()], settled);
}

/** Scores as the feed computes them: signals counted, compared within day and week. */
function withScores(
  rows: { date: string; arxiv_id: string; upvotes: number; num_comments: number | null }[],
  settled: ReadonlyMap<string, number>,
): Candidate[] {
  const papers = rows.map((row, id) => {
    const listedAt = new Date(`${row.date}T00:00:00Z`);
    const seenAt = new Date(listedAt.getTime() + DAY);
    const source = 'daily-papers';
    const comments = row.num_comments ?? 0;
    const signals = countSignals(
      [
        { kind: 'listed', value: 1, seenAt: listedAt, source },
        { kind: 'upvotes', value: row.upvotes, seenAt, source },
        { kind: 'comments', value: comments, seenAt, source },
      ],
      seenAt,
    );
    const counts = { upvotes: row.upvotes, comments, settled: settled.get(row.arxiv_id)! };
    return { id, listedAt, signals, ...counts };
  });
  const standings = new Map(
    groups(papers, ({ listedAt }) => cohortWeek(listedAt).getTime(), 1).flatMap((week) => [
      ...compareWeek(
        week.map(({ id, listedAt, signals }) => ({
          paperId: id,
          feedAt: listedAt,
          interest: totalPoints(signals, true),
          tags: [],
        })),
      ),
    ]),
  );
  return papers.map(({ signals, ...paper }) => {
    const dayShare = standings.get(paper.id)?.dayShare ?? null;
    const standing = { signals, clockAt: paper.listedAt, dayShare, tagShare: null };
    const total = score(standing);
    const dateless = total - paper.listedAt.getTime() / DAY / HALF_LIFE_DAYS;
    return { ...paper, score: total, interest: dateless };
  });
}

function withHalfLife(days: number): Ranker {
  return ({ interest, listedAt }) => interest + listedAt.getTime() / DAY / days;
}

/** The half-life at which this project's first ten of a week are as old as asked, or a little younger. */
function halfLifeForAge(weeks: Candidate[][], age: number): number {
  let best = 0.05;
  for (let halfLife = 0.05; halfLife < 400; halfLife *= 1.1) {
    if (judge(weeks, withHalfLife(halfLife)).age <= age + 1e-9) best = halfLife;
  }
  return best;
}

function judge(sets: Candidate[][], ranker: Ranker): { ndcg: number; age: number } {
  let ndcg = 0;
  let age = 0;
  for (const set of sets) {
    const now = Math.max(...set.map(({ listedAt }) => listedAt.getTime())) + DAY;
    const ranked = [...set].sort((a, b) => ranker(b, now) - ranker(a, now) || a.id - b.id);
    const ideal = [...set].sort((a, b) => b.settled - a.settled);
    ndcg += gain(ranked) / gain(ideal);
    age += median(ranked.slice(0, 10).map((candidate) => ageDays(candidate, now)));
  }
  return { ndcg: ndcg / sets.length, age: age / sets.length };
}

function gain(ranked: Candidate[]): number {
  return ranked
    .slice(0, 10)
    .reduce((sum, { settled }, place) => sum + settled / Math.log2(place + 2), 0);
}

function median(values: number[]): number {
  const sorted = values.sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2;
}

function groups<T>(items: T[], key: (item: T) => number, atLeast = 10): T[][] {
  const byKey = new Map<number, T[]>();
  for (const item of items) byKey.set(key(item), [...(byKey.get(key(item)) ?? []), item]);
  return [...byKey.values()].filter((group) => group.length >= atLeast);
}
