import { existsSync, readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { listPapers } from '@/lib/api/list-papers';
import type { PrismaClient } from '@/lib/db/generated/client';
import { makeFeed } from '@/lib/feed/filters';
import { type EngineName, searchEngine } from '@/lib/search/rank/engines';
import { search } from '@/lib/search/search';
import { terms } from '@/lib/search/text/terms';
import { importInput } from '@/lib/sources/import';
import { scratchDatabase } from './database';
import type { Report } from './figure';

const SETS = fileURLToPath(new URL('../../../shared/data/beir/', import.meta.url));
/** nDCG@10 to reach by set and engine; null is plain BM25 of the same run. */
const GOALS: Record<string, Record<EngineName, number | null>> = {
  scifact: { pg_textsearch: 0.7, 'gin-bm25': null },
  cranfield: { pg_textsearch: 0.385, 'gin-bm25': null },
  cisi: { pg_textsearch: 0.39, 'gin-bm25': null },
};

/** nDCG@10 on judged sets, imported as snapshot JSON lines and asked as the API asks. */
export async function searchQuality(report: Report): Promise<void> {
  for (const [name, goals] of Object.entries(GOALS)) {
    if (!existsSync(`${SETS}${name}`)) continue;
    const set = readSet(name);
    const plain = meanNdcg(set, plainBm25(set));
    const database = await scratchDatabase(`search_${name}`);
    try {
      await importSet(database.db, set);
      const offered = await searchEngine(database.db);
      const engines: EngineName[] = [...new Set([offered, 'gin-bm25' as const])];
      for (const engine of engines) {
        const start = performance.now();
        const value = meanNdcg(set, await ask(database.db, set, engine, offered));
        const ms = (performance.now() - start) / set.queries.length;
        const goal = goals[engine] ?? plain;
        report({
          figure: `nDCG@10 ${name} (${database.kind}, ${engine})`,
          value: round(value),
          unit: '',
          reference: `plain BM25 (k1 0.9, b 0.4) ${round(plain)}; ${round(ms)} ms a query`,
          goal: `>= ${round(goal)}`,
          ok: value >= goal,
        });
      }
    } finally {
      await database.remove();
    }
  }
}

interface JudgedSet {
  documents: { id: string; title: string; text: string }[];
  queries: { id: string; text: string }[];
  /** Query, document, grade. */
  grades: Map<string, Map<string, number>>;
}

function readSet(name: string): JudgedSet {
  const lines = (file: string) => readFileSync(`${SETS}${name}/${file}`, 'utf8').trim().split('\n');
  const rows = (file: string) => lines(file).map((line) => JSON.parse(line));
  const grades: JudgedSet['grades'] = new Map();
  for (const line of lines('qrels/test.tsv').slice(1)) {
    const [query, document, grade] = line.split('\t');
    if (!grades.has(query!)) grades.set(query!, new Map());
    grades.get(query!)!.set(document!, Number(grade));
  }
  return {
    documents: rows('corpus.jsonl').map(({ _id, title, text }) => ({ id: _id, title, text })),
    queries: rows('queries.jsonl').map(({ _id, text }) => ({ id: _id, text })),
    grades,
  };
}

/** One made-up arXiv id and author each, so that papers of one title stay different papers. */
const arxivIdOf = (index: number) => `0001.${String(index).padStart(5, '0')}`;

async function importSet(db: PrismaClient, { documents }: JudgedSet): Promise<void> {
  const lines = documents.map(({ title, text }, i) =>
    JSON.stringify({
      id: arxivIdOf(i),
      submitter: null,
      authors: `Author Number${i}`,
      authors_parsed: [[`Number${i}`, 'Author', '']],
      title: title || text.slice(0, 80),
      abstract: text || title,
      categories: 'cs.IR',
      versions: [{ version: 'v1', created: 'Mon, 3 Jan 2000 00:00:00 GMT' }],
      update_date: '2000-01-03',
    }),
  );
  const input = Readable.from([Buffer.from(`${lines.join('\n')}\n`)]);
  await importInput(db, input, { input: 'judged set', now: new Date('2000-02-01T00:00:00Z') });
}

async function ask(
  db: PrismaClient,
  set: JudgedSet,
  engine: EngineName,
  offered: EngineName,
): Promise<Map<string, string[]>> {
  const idOf = new Map(set.documents.map((document, i) => [arxivIdOf(i), document.id]));
  const stored = await db.paper.findMany({ select: { id: true, arxivId: true } });
  const documentOf = new Map(
    stored.map((paper) => [paper.id, idOf.get(paper.arxivId ?? '') ?? '']),
  );
  const answers = new Map<string, string[]>();
  for (const { id, text } of set.queries) {
    const found =
      engine === offered
        ? (await listPapers(db, { q: text, limit: 10 }, makeFeed(), new Date())).papers.map(
            (p) => p.id,
          )
        : (await search(db, text, { limit: 10, engine }).page()).ids;
    answers.set(
      id,
      found.map((paper) => documentOf.get(paper) ?? ''),
    );
  }
  return answers;
}

/** Title and text as one field, k1 0.9, b 0.4: what Anserini calls BM25. */
function plainBm25({ documents, queries }: JudgedSet): Map<string, string[]> {
  const stemsOf = (text: string) => terms(text).flatMap((t) => (t.implied ? [] : [t.stem]));
  const postings = new Map<string, Map<number, number>>();
  const lengths = documents.map(({ title, text }, i) => {
    const list = stemsOf(`${title} ${text}`);
    for (const stem of list) {
      const posting = postings.get(stem) ?? new Map<number, number>();
      postings.set(stem, posting.set(i, (posting.get(i) ?? 0) + 1));
    }
    return list.length;
  });
  const mean = lengths.reduce((a, b) => a + b, 0) / lengths.length;
  const answers = new Map<string, string[]>();
  for (const { id, text } of queries) {
    const scores = new Map<number, number>();
    for (const stem of stemsOf(text)) {
      const posting = postings.get(stem);
      if (!posting) continue;
      const idf = Math.log(1 + (documents.length - posting.size + 0.5) / (posting.size + 0.5));
      for (const [i, n] of posting) {
        const score = (idf * n * 1.9) / (n + 0.9 * (0.6 + (0.4 * lengths[i]!) / mean));
        scores.set(i, (scores.get(i) ?? 0) + score);
      }
    }
    const best = [...scores].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 10);
    answers.set(
      id,
      best.map(([i]) => documents[i]!.id),
    );
  }
  return answers;
}

function meanNdcg({ queries, grades }: JudgedSet, answers: Map<string, string[]>): number {
  const gain = (list: number[]) =>
    list.slice(0, 10).reduce((sum, grade, i) => sum + grade / Math.log2(i + 2), 0);
  const values = queries.map(({ id }) => {
    const judged = grades.get(id) ?? new Map<string, number>();
    const ideal = gain([...judged.values()].sort((a, b) => b - a));
    return ideal > 0 ? gain((answers.get(id) ?? []).map((doc) => judged.get(doc) ?? 0)) / ideal : 0;
  });
  return values.reduce((a, b) => a + b, 0) / values.length;
}

const round = (value: number) => Math.round(value * 10_000) / 10_000;
