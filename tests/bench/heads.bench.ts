import { createReadStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { PrismaClient } from '@/lib/db/generated/client';
import { type EngineName, searchEngine } from '@/lib/search/rank/engines';
import { search } from '@/lib/search/search';
import { importInput } from '@/lib/sources/import';
import { type Grades, type HeadQuery, headQueries, kappa } from '../fixtures/head-grades';
import { CORPUS, CORPUS_NOW } from './corpus';
import { scratchDatabase } from './database';
import type { Report } from './figure';

const VERDICTS: Record<string, (grades: Grades) => number> = {
  'the first reader': ([first]) => first,
  'the second reader': ([, second]) => second,
  'either reader': (both) => Math.min(...both),
};

/**
 * Short queries of this field over two fifths of the corpus, as two readers grade them
 * (tests/fixtures/head-queries*.json): on no first page more than one wrong hit of five.
 */
export default async function heads(report: Report): Promise<void> {
  const queries = headQueries();
  reportAgreement(report, queries);
  if (!existsSync(CORPUS)) return;
  const database = await scratchDatabase('search_heads');
  try {
    await importInput(database.db, Readable.from(twoFifths()), {
      input: 'two fifths of the corpus',
      now: CORPUS_NOW,
    });
    const offered = await searchEngine(database.db);
    for (const engine of new Set<EngineName>([offered, 'gin-bm25'])) {
      const pages = await Promise.all(
        queries.map((query) => firstPage(database.db, query, engine)),
      );
      for (const [reader, verdict] of Object.entries(VERDICTS)) {
        const wrong = (hits: (Grades | undefined)[]) =>
          hits.filter((grades) => grades && verdict(grades) === 0).length;
        const bad = pages.filter(({ hits }) => wrong(hits.slice(0, 5)) > 1);
        const all = pages.flatMap(({ hits }) => hits);
        const judged = all.filter((grades) => grades !== undefined);
        report({
          figure: `first pages with more than one wrong hit of five by ${reader} (${database.kind}, ${engine})`,
          value: bad.length,
          unit: `of ${queries.length}`,
          reference: `${judged.length} of ${all.length} hits are judged, ${wrong(judged)} of them wrong; bad: ${bad.map(({ query }) => query).join(', ') || 'none'}`,
          goal: '0',
          ok: bad.length === 0,
        });
      }
    }
  } finally {
    await database.remove();
  }
}

function reportAgreement(report: Report, queries: HeadQuery[]) {
  const pairs = queries.flatMap(({ grades }) => Object.values(grades));
  const linear = kappa(pairs, (a, b) => Math.abs(a - b));
  const wrong = Object.entries(VERDICTS).map(
    ([reader, verdict]) => `${pairs.filter((grades) => verdict(grades) === 0).length} by ${reader}`,
  );
  report({
    figure: 'share of equal grades of both readers',
    value: round(pairs.filter(([first, second]) => first === second).length / pairs.length),
    unit: `of ${pairs.length}`,
    reference: `Cohen's kappa ${round(kappa(pairs))}, with linear weights ${round(linear)}; wrong: ${wrong.join(', ')}`,
    goal: 'none: tells how far a grade depends on who reads',
    ok: true,
  });
}

async function firstPage(db: PrismaClient, { query, grades }: HeadQuery, engine: EngineName) {
  const { ids } = await search(db, query, { limit: 10, engine }).page();
  const papers = await db.paper.findMany({ where: { id: { in: ids } } });
  const arxivId = new Map(papers.map((paper) => [paper.id, paper.arxivId]));
  return { query, hits: ids.map((id) => grades[arxivId.get(id) ?? '']) };
}

/** Of every five lines the first and the last. */
async function* twoFifths(): AsyncGenerator<Buffer> {
  let line = 0;
  for await (const text of createInterface({
    input: createReadStream(CORPUS).pipe(createGunzip()),
  })) {
    line += 1;
    if (line % 5 < 2) yield Buffer.from(`${text}\n`);
  }
}

const round = (value: number) => Math.round(value * 100) / 100;
