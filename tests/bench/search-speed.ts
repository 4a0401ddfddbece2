import type { PrismaClient } from '@/lib/db/generated/client';
import { flushPendingList } from '@/lib/search/index/store';
import { type EngineName, searchEngine } from '@/lib/search/rank/engines';
import { search } from '@/lib/search/search';
import { corpusDatabase } from './corpus';
import type { Report } from './figure';
import { type Fts5, fts5 } from './fts5';
import { SHAPES } from './search-shapes';

const TIMES = 12;
/** Rounds beforehand: the embedded database is compiled while it runs, and a site's has run for long. */
const WARM_UP = 20;

/** The fifteen shapes on 100,000 papers, beside SQLite FTS5 with the same rows in the same run. */
export async function searchSpeed(report: Report): Promise<void> {
  const corpus = await corpusDatabase();
  if (!corpus) return;
  try {
    const other = await fts5(corpus.db);
    if (!other) console.error('No Python with SQLite FTS5 here: search is timed alone.');
    // As after an ingest: other benchmarks leave rows behind that the index has only noted down.
    await flushPendingList(corpus.db);
    const offered = await searchEngine(corpus.db);
    await timeEngine(corpus.db, `${corpus.kind}, ${offered}`, offered, other, report);
    if (offered !== 'gin-bm25') {
      await timeEngine(corpus.db, `${corpus.kind}, gin-bm25`, 'gin-bm25', null, report);
    }
    await other?.stop();
  } finally {
    await corpus.close();
  }
}

/** Times every shape by one engine, beside FTS5 where it is given. */
export async function timeEngine(
  db: PrismaClient,
  where: string,
  engine: EngineName,
  other: Fts5 | null,
  report: Report,
): Promise<void> {
  const ask = (text: string) => search(db, text, { limit: 30, engine }).page();
  for (let round = 0; round < WARM_UP; round++) {
    for (const { queries } of SHAPES) for (const { ours } of queries) await ask(ours);
  }
  const shapes: { name: string; p50: number; p95: number; fts5: number | null }[] = [];
  for (const { name, queries } of SHAPES) {
    const ours: number[] = [];
    const theirs: number[] = [];
    for (const query of queries) {
      for (let i = 0; i < TIMES; i++) {
        const start = performance.now();
        await ask(query.ours);
        ours.push(performance.now() - start);
      }
      if (other) theirs.push(...(await other.run(query.fts5, query.params, TIMES + 1)).slice(1));
    }
    shapes.push({
      name,
      p50: quantile(ours, 0.5),
      p95: quantile(ours, 0.95),
      fts5: other && quantile(theirs, 0.5),
    });
  }
  const mean = geometricMean(shapes.map((shape) => shape.p50));
  const [longest, typical] = engine === 'gin-bm25' ? [150, null] : [60, 15];
  for (const { name, p50, p95, fts5: theirs } of shapes) {
    report({
      figure: `${name}, p95 (${where})`,
      value: round(p95),
      unit: 'ms',
      reference: `p50 ${round(p50)} ms${theirs === null ? '' : `, FTS5 ${round(theirs)} ms`}`,
      goal: `<= ${longest}${typical === null ? '' : `, p50 <= ${typical}`}`,
      ok: p95 <= longest && (typical === null || p50 <= typical),
    });
  }
  if (!other) return;
  const theirs = geometricMean(shapes.map((shape) => shape.fts5!));
  report({
    figure: `geometric mean of p50 over ${shapes.length} shapes / FTS5 (${where})`,
    value: round(mean / theirs),
    unit: 'x',
    reference: `${round(mean)} ms, against ${round(theirs)} ms of SQLite ${other.version} in process`,
    goal: 'none: both stand beside each other',
    ok: true,
  });
}

const quantile = (values: number[], q: number) =>
  values.sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))]!;
const geometricMean = (values: number[]) =>
  Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
const round = (value: number) => Math.round(value * 1_000) / 1_000;
