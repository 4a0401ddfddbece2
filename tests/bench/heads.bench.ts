import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { createGunzip } from 'node:zlib';
import type { PrismaClient } from '@/lib/db/generated/client';
import { type EngineName, searchEngine } from '@/lib/search/rank/engines';
import { search } from '@/lib/search/search';
import { importInput } from '@/lib/sources/import';
import { CORPUS, CORPUS_NOW } from './corpus';
import { scratchDatabase } from './database';
import type { Report } from './figure';

const JUDGED = fileURLToPath(new URL('../fixtures/head-queries.json', import.meta.url));

interface HeadQuery {
  query: string;
  /** By arXiv id: 2 is about it, 1 touches it, 0 is wrong. */
  grades: Record<string, number>;
}

/**
 * Short queries of this field over two fifths of the corpus, as tests/fixtures/head-queries.json grades
 * them: on no first page more than one wrong hit of five.
 */
export default async function heads(report: Report): Promise<void> {
  if (!existsSync(CORPUS)) return;
  const { queries } = JSON.parse(readFileSync(JUDGED, 'utf8')) as { queries: HeadQuery[] };
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
      const wrong = (grades: (number | undefined)[]) =>
        grades.filter((grade) => grade === 0).length;
      const bad = pages.filter(({ grades }) => wrong(grades.slice(0, 5)) > 1);
      const all = pages.flatMap(({ grades }) => grades);
      const judged = all.filter((grade) => grade !== undefined);
      report({
        figure: `first pages with more than one wrong hit of five (${database.kind}, ${engine})`,
        value: bad.length,
        unit: `of ${queries.length}`,
        reference: `${judged.length} of ${all.length} hits are judged, ${wrong(judged)} of them wrong; bad: ${bad.map(({ query }) => query).join(', ') || 'none'}`,
        goal: '0',
        ok: bad.length === 0,
      });
    }
  } finally {
    await database.remove();
  }
}

async function firstPage(db: PrismaClient, { query, grades }: HeadQuery, engine: EngineName) {
  const { ids } = await search(db, query, { limit: 10, engine }).page();
  const papers = await db.paper.findMany({ where: { id: { in: ids } } });
  const arxivId = new Map(papers.map((paper) => [paper.id, paper.arxivId]));
  return { query, grades: ids.map((id) => grades[arxivId.get(id) ?? '']) };
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
