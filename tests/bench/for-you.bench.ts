import { existsSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { Readable } from 'node:stream';
import type { PrismaClient } from '@/lib/db/generated/client';
import { isOf } from '@/lib/interests/archive';
import type { Wish } from '@/lib/interests/recommend';
import { type ForYouPage, forYou, type Profile, readProfile } from '@/lib/interests/recommended';
import { search } from '@/lib/search/search';
import { renewVectors } from '@/lib/search/vectors/renew';
import { importInput } from '@/lib/sources/import';
import { CORPUS, corpusDatabase } from './corpus';
import { scratchDatabase } from './database';
import type { Report } from './figure';
import { decide, tfIdf, trainSvm } from './linear-svm';
import { processorTime } from './processor-time';
import {
  corpusPool,
  corpusReaders,
  drawn,
  KEYWORDS,
  keywordPool,
  type PoolPaper,
  randomNumbers,
  type SimulatedReader,
} from './simulated-readers';

const SEEDS = 5;
const FIRST = 20;
/** Papers that the SVM takes as not liked: as good as all of them, at a tenth of the time. */
const NEGATIVES = 3_000;
const SVM_C = 0.01;
/** What readers save is drawn by other numbers than when the settings were chosen. */
const DRAW = 7_000;

/** Recommendations from five saved papers beside a linear SVM's, and the time that they take. */
export default async function forYouBench(report: Report): Promise<void> {
  if (!existsSync(CORPUS) || !existsSync(KEYWORDS)) return;
  const pool = await corpusPool();
  await quality(report, pool, corpusReaders(pool));
  const { pool: keyed, readers } = keywordPool();
  await quality(report, keyed, { K: readers });
  await speed(report);
}

/** The first papers for somebody who saved these. */
async function firstFor(
  db: PrismaClient,
  papers: readonly number[],
  wish: (profile: Profile) => Partial<Wish>,
): Promise<number[]> {
  const profile = await readProfile(db, papers);
  const page = await forYou(db, [{ ...profile, balance: 1, ...wish(profile) }], new Set(papers), {
    limit: FIRST,
    after: null,
  });
  return page.papers.map(({ id }) => id);
}

async function quality(
  report: Report,
  pool: readonly PoolPaper[],
  kinds: Record<string, SimulatedReader[]>,
): Promise<void> {
  const database = await scratchDatabase('for_you');
  try {
    const { db } = database;
    const ids = await importPool(db, pool);
    const compared = await comparison(db, pool, ids);
    for (const [kind, readers] of Object.entries(kinds)) {
      const pairs: { ours: number; svm: number }[] = [];
      for (const [i, reader] of readers.entries()) {
        pairs.push(await compared(reader, i));
        if (pairs.length % 20 === 0) console.error(`${kind}: ${pairs.length} of ${readers.length}`);
      }
      const differences = pairs.map(({ ours, svm }) => ours - svm);
      const difference = mean(differences);
      report({
        figure: `nDCG@${FIRST} of ${readers.length} readers ${kind}, less that of a linear SVM`,
        value: round(difference),
        unit: '',
        reference: `ours ${round(mean(pairs.map((p) => p.ours)))}, SVM ${round(mean(pairs.map((p) => p.svm)))}, standard error ${round(standardError(differences))}`,
        goal: '>= -0.01',
        ok: difference >= -0.01,
      });
    }
    if (kinds.C) {
      await outside(report, db, pool, ids, kinds.C);
      await repeats(report, db, ids, kinds.C);
    }
  } finally {
    await database.remove();
  }
}

/** Imports a pool; returns the id of each paper by its place. */
async function importPool(db: PrismaClient, pool: readonly PoolPaper[]): Promise<number[]> {
  const lines = pool.map(({ arxivId, date, ...paper }) => {
    return `${JSON.stringify({ id: `arxiv:${arxivId}`, date, ...paper, code_url: null })}\n`;
  });
  const input = Readable.from(lines.map((line) => Buffer.from(line)));
  await importInput(db, input, { input: 'pool', now: new Date('2026-07-01T00:00:00Z') });
  // As the hourly job does.
  await renewVectors(db, new AbortController().signal);
  const rows = await db.paper.findMany({ select: { id: true, arxivId: true } });
  const idOf = new Map(rows.map(({ id, arxivId }) => [arxivId, id]));
  return pool.map(({ arxivId }) => idOf.get(arxivId) ?? 0);
}

/** A function that lets a reader save five papers, and finds the rest by both ways. */
async function comparison(db: PrismaClient, pool: readonly PoolPaper[], ids: readonly number[]) {
  const placeOf = new Map(ids.map((id, place) => [id, place]));
  const { rows, features } = tfIdf(pool.map(({ title, abstract }) => `${title} ${abstract}`));
  const places = pool.map((_, place) => place);
  return async ({ likes }: SimulatedReader, number: number) => {
    const random = randomNumbers(DRAW + number);
    const seeds = drawn(likes, SEEDS, random);
    const rest = new Set(likes.filter((place) => !seeds.includes(place)));
    const saved = seeds.map((place) => ids[place]!);
    // By the words alone: an archive would tell who likes a category more than the SVM is told.
    const ours = await firstFor(db, saved, () => ({ archive: null }));
    const others = places.filter((place) => !seeds.includes(place));
    const weights = trainSvm(
      seeds.map((place) => rows[place]!),
      drawn(others, NEGATIVES, random).map((place) => rows[place]!),
      features,
      SVM_C,
      random,
    );
    const scores = rows.map((row) => decide(weights, row));
    const best = others.sort((a, b) => scores[b]! - scores[a]!).slice(0, FIRST);
    return {
      ours: ndcg(
        ours.map((id) => placeOf.get(id)!),
        rest,
      ),
      svm: ndcg(best, rest),
    };
  };
}

/** How many papers are outside the archive that most of the saved papers share. */
async function outside(
  report: Report,
  db: PrismaClient,
  pool: readonly PoolPaper[],
  ids: readonly number[],
  readers: readonly SimulatedReader[],
): Promise<void> {
  const placeOf = new Map(ids.map((id, place) => [id, place]));
  const count = { kept: 0, keptOutside: 0, free: 0, freeOutside: 0 };
  for (const [i, { likes }] of readers.entries()) {
    const papers = drawn(likes, SEEDS, randomNumbers(DRAW + i)).map((place) => ids[place]!);
    const { archive } = await readProfile(db, papers);
    if (archive === null) continue;
    const outsideOf = (shown: number[]) =>
      shown.filter((id) => !isOf(archive, pool[placeOf.get(id)!]!.categories)).length;
    const kept = await firstFor(db, papers, () => ({}));
    const free = await firstFor(db, papers, () => ({ archive: null }));
    count.kept += kept.length;
    count.keptOutside += outsideOf(kept);
    count.free += free.length;
    count.freeOutside += outsideOf(free);
  }
  const share = count.keptOutside / count.kept;
  report({
    figure: `outside the archive that most saved papers share, of ${count.kept} recommended`,
    value: round(100 * share),
    unit: '%',
    reference: `${round((100 * count.freeOutside) / count.free)} % where other fields are asked for`,
    goal: '<= 5',
    ok: share <= 0.05,
  });
}

const PAGES = 4;
const DISMISSED = 3;

/** Reads on from page to page, and dismisses the first papers of each. */
async function repeats(
  report: Report,
  db: PrismaClient,
  ids: readonly number[],
  readers: readonly SimulatedReader[],
): Promise<void> {
  let shown = 0;
  let repeated = 0;
  for (const [i, { likes }] of readers.entries()) {
    const papers = drawn(likes, SEEDS, randomNumbers(DRAW + i)).map((place) => ids[place]!);
    const wish = { ...(await readProfile(db, papers)), balance: 0.5 };
    const known = new Set(papers);
    const seen = new Set(papers);
    for (let page = 0, after: string | null = null; page < PAGES; page++) {
      const found: ForYouPage = await forYou(db, [wish], known, { limit: FIRST, after });
      for (const { id } of found.papers) {
        shown += 1;
        if (seen.has(id)) repeated += 1;
        seen.add(id);
      }
      for (const { id } of found.papers.slice(0, DISMISSED)) known.add(id);
      after = found.next;
      if (after === null) break;
    }
  }
  report({
    figure: 'papers shown again, saved or dismissed before, over four pages',
    value: repeated,
    unit: 'papers',
    reference: `${shown} shown to ${readers.length} readers, who dismiss ${DISMISSED} of each page`,
    goal: '<= 0',
    ok: repeated === 0,
  });
}

const TIMES = 60;
const WARM_UP = 10;

/** One interest of 500 saved papers and five of 100, among 100,000 papers. */
async function speed(report: Report): Promise<void> {
  const corpus = await corpusDatabase();
  if (!corpus) return;
  try {
    const { db, kind, target } = corpus;
    const shelves: number[][] = [];
    for (const category of ['cs.CL', 'cs.CV', 'math.OC', 'cs.RO', 'cs.IT', 'stat.ML', 'eess.SP']) {
      const rows = await db.paper.findMany({
        where: { categories: { has: category } },
        select: { id: true },
        orderBy: { id: 'asc' },
        take: 500,
      });
      shelves.push(rows.map(({ id }) => id));
    }
    const shelf = (i: number) => shelves[i % shelves.length]!;
    const timed = async (what: string, goal: number, work: (round: number) => Promise<unknown>) => {
      const times: number[] = [];
      for (let i = 0; i < WARM_UP; i++) await work(i);
      const before = processorTime(target);
      for (let i = 0; i < TIMES; i++) {
        const start = performance.now();
        await work(i + WARM_UP);
        times.push(performance.now() - start);
      }
      const after = processorTime(target);
      times.sort((a, b) => a - b);
      const at = (part: number) => Math.round(times[Math.floor(part * times.length)]!);
      const busy = (now: number | null, then: number | null) =>
        now === null || then === null ? '?' : Math.round((now - then) / TIMES);
      report({
        figure: `${what}, p95 (${kind}, 100,000 papers)`,
        value: at(0.95),
        unit: 'ms',
        reference: `p50 ${at(0.5)} ms, processor ${busy(after.own, before.own)} ms here and ${busy(after.database, before.database)} in the database; load ${loadavg()[0]!.toFixed(1)} on ${cpus().length} cores`,
        goal: `<= ${goal}`,
        ok: at(0.95) <= goal,
      });
    };
    const page = { limit: 30, after: null };
    const large = await Promise.all(shelves.map((papers) => readProfile(db, papers)));
    const small = await Promise.all(shelves.map((papers) => readProfile(db, papers.slice(0, 100))));
    const wish = (profile: Profile) => ({ ...profile, balance: 0.5 });
    await timed('one interest of 500 saved papers', 60, (i) =>
      forYou(db, [wish(large[i % large.length]!)], new Set(shelf(i)), page),
    );
    await timed('five interests of 100 saved papers', 300, (i) => {
      const five = [0, 1, 2, 3, 4].map((k) => (i + k) % shelves.length);
      const known = new Set(five.flatMap((k) => shelves[k]!.slice(0, 100)));
      return forYou(
        db,
        five.map((k) => wish(small[k]!)),
        known,
        page,
      );
    });
    await timed('words of 500 saved papers, once they change', 200, (i) =>
      readProfile(db, shelf(i)),
    );
    // What the search does with the same machine at the same time.
    await timed('a search of three words, to compare', 60, () =>
      search(db, 'large language model', { limit: page.limit }).page(),
    );
  } finally {
    await corpus.close();
  }
}

function ndcg(found: readonly number[], liked: ReadonlySet<number>): number {
  const gain = (place: number) => 1 / Math.log2(place + 2);
  const got = found.reduce((sum, paper, place) => sum + (liked.has(paper) ? gain(place) : 0), 0);
  let ideal = 0;
  for (let place = 0; place < Math.min(FIRST, liked.size); place++) ideal += gain(place);
  return got / ideal;
}

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
function standardError(values: readonly number[]): number {
  const middle = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1) / values.length);
}
const round = (value: number) => Math.round(value * 1_000) / 1_000;
