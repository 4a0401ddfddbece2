import type { PrismaClient } from '@/lib/db/generated/client';
import { sql } from '@/lib/db/sql';
import { writeCursor } from '@/lib/feed/cursor';
import { type Feed, makeFeed } from '@/lib/feed/filters';
import { listFeed, listFeedIds } from '@/lib/feed/query';
import { rankPapers } from '@/lib/feed/rank';
import { indexPapers } from '@/lib/search/index/store';
import { corpusDatabase, CORPUS_NOW as now } from './corpus';
import { median, type Report } from './figure';

const LIMIT = 30;
const DEPTH = 50_000;
const RESCORED = 1_000;
/** Common with common, common with rare, rare with rare, and two that hardly meet. */
const PAIRS = [
  ['computer-vision', 'large-language-models'],
  ['large-language-models', 'reasoning'],
  ['peft', 'large-language-models'],
  ['lora', 'peft'],
  ['peft', 'biomedical'],
  ['speech-audio', 'robotics'],
] as const;
const WINDOWS = ['week', 'month', 'year'] as const;

/** Reading and writing feeds of 100,000 papers, as multiples of a primary-key lookup of the same run. */
export default async function feed(report: Report): Promise<void> {
  const corpus = await corpusDatabase();
  if (!corpus) return;
  const { db, kind } = corpus;
  try {
    await reading(db, kind, report);
    await writing(db, kind, report);
  } finally {
    await corpus.close();
  }
}

async function reading(db: PrismaClient, kind: string, report: Report): Promise<void> {
  const ids = await someIds(db, 1_000);
  const lookup: Work = (i) =>
    db.$queryRaw(sql`select * from paper where id = ${ids[i % ids.length]}`);
  const page = (wanted: Partial<Feed>, after?: string) => () =>
    listFeedIds(db, makeFeed(wanted), { limit: LIMIT, after, now });
  const compare = async (figure: string, work: Work, base: Work, goal: number | null) => {
    const [mine, theirs] = await inTurns(work, base);
    const ratio = mine / theirs;
    report({
      figure: `${figure} (${kind})`,
      value: round(ratio),
      unit: 'x',
      reference: `${round(mine)} ms, against ${round(theirs)} ms`,
      goal: goal === null ? '' : `<= ${goal}`,
      ok: goal === null || ratio <= goal,
    });
  };

  const first = page({ window: 'all' });
  await compare('first page of all papers / lookup', first, lookup, 3);
  await compare('first page of the week / lookup', page({}), lookup, 3);
  await compare('one tag / lookup', page({ tags: ['peft'] }), lookup, null);
  const deep = page({ window: 'all' }, await cursorAt(db, DEPTH));
  await compare(`page at depth ${DEPTH} / first page`, deep, first, 1.5);
  for (const tags of PAIRS) {
    for (const window of WINDOWS) {
      const name = `two tags and a window / lookup: ${tags.join('+')}, ${window}`;
      await compare(name, page({ tags: [...tags], window }), lookup, 10);
    }
  }
  const whole = () => listFeed(db, makeFeed(), { limit: LIMIT, now });
  await compare('first page with its papers and explanations / lookup', whole, lookup, null);
}

async function writing(db: PrismaClient, kind: string, report: Report): Promise<void> {
  const ids = await someIds(db, 3 * RESCORED);
  const rescored: number[] = [];
  const rewritten: number[] = [];
  const reindexed: number[] = [];
  for (let round = 0; round < 3; round++) {
    const some = ids.slice(round * RESCORED, (round + 1) * RESCORED);
    const nothingKept = new Error('nothing of this is kept');
    await db
      .$transaction(
        async (tx) => {
          await tx.$executeRaw(sql`
            insert into signal (paper_id, kind, source, seen_at, value)
            select id, 'upvotes', 'benchmark', ${now}, id % 50 from unnest(${some}::int[]) as id`);
          rescored.push(await time(() => rankPapers(tx, some, now)));
          rewritten.push(
            await time(() =>
              tx.$executeRaw(
                sql`update paper set title = title || '.' where id = any(${some}::int[])`,
              ),
            ),
          );
          reindexed.push(await time(() => indexPapers(tx, some)));
          throw nothingKept;
        },
        { timeout: 120_000 },
      )
      .catch((error) => {
        if (error !== nothingKept) throw error;
      });
  }
  const [scores, rows, text] = [rescored, rewritten, reindexed].map(median) as [
    number,
    number,
    number,
  ];
  report({
    figure: `re-scoring ${RESCORED} papers / updating ${RESCORED} papers with their text index (${kind})`,
    value: round(scores / (rows + text)),
    unit: 'x',
    reference: `${round(scores)} ms, against ${round(rows)} ms for the rows and ${round(text)} ms for the index`,
    goal: '<= 0.05',
    ok: scores / (rows + text) <= 0.05,
  });
}

/** Ids all over the catalogue, always the same. */
async function someIds(db: PrismaClient, count: number): Promise<number[]> {
  const rows = await db.$queryRaw<{ id: number }[]>(sql`
    select id from paper order by md5(id::text) limit ${count}`);
  return rows.map(({ id }) => id);
}

async function cursorAt(db: PrismaClient, depth: number): Promise<string> {
  const [row] = await db.$queryRaw<{ id: number; score: number; generation: number }[]>(sql`
    select paper_id as id, score, (select generation from feed_clock) as generation
    from feed_entry where term = 'all' and valid_to = 2147483647
    order by score desc, -paper_id desc offset ${depth} limit 1`);
  return writeCursor({ generation: row!.generation, keys: [row!.score, row!.id] });
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

type Work = (i: number) => Promise<unknown>;

/** Median milliseconds of a call of each, called one after the other so that both see the same load. */
async function inTurns(work: Work, base: Work): Promise<[number, number]> {
  const times: [number[], number[]] = [[], []];
  for (let i = -20; i < 200; i++) {
    for (const [k, each] of [work, base].entries()) {
      const took = await time(() => each(i + 20));
      // The first calls warm up.
      if (i >= 0) times[k]!.push(took);
    }
  }
  return [median(times[0]), median(times[1])];
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
