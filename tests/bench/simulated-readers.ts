import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createGunzip } from 'node:zlib';
import { canonicalCategory } from '@/lib/papers/category';
import { CORPUS } from './corpus';

export const KEYWORDS = fileURLToPath(
  new URL('../../../shared/data/keywords/author-keywords.jsonl', import.meta.url),
);

export interface PoolPaper {
  arxivId: string;
  title: string;
  abstract: string;
  authors: string[];
  categories: string[];
  date: string;
}

/** Somebody who likes some papers of a pool: by their places in it. */
export interface SimulatedReader {
  name: string;
  likes: number[];
}

/** A sequence of numbers from 0 to 1, the same at every run. */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export function drawn<T>(list: readonly T[], count: number, random: () => number): T[] {
  const all = [...list];
  for (let i = 0; i < Math.min(count, all.length); i++) {
    const j = i + Math.floor(random() * (all.length - i));
    [all[i], all[j]] = [all[j]!, all[i]!];
  }
  return all.slice(0, count);
}

const POOL = 20_000;

/** 20,000 papers of September 2025 to June 2026. */
export async function corpusPool(): Promise<PoolPaper[]> {
  const papers: PoolPaper[] = [];
  const lines = createInterface({ input: createReadStream(CORPUS).pipe(createGunzip()) });
  for await (const line of lines) {
    const { id, title, abstract, authors, categories, date } = JSON.parse(line);
    const arxivId = String(id).replace('arxiv:', '');
    if (/^(?:2509|251[012]|260[1-6])\./.test(arxivId)) {
      papers.push({ arxivId, title, abstract, authors, categories, date });
    }
  }
  return drawn(papers, POOL, randomNumbers(1));
}

/**
 * Authors of 9 to 30 papers, and categories of 10 to 150: whoever likes all of theirs. The first 100 authors drawn
 * are those that the settings were chosen by; these are the next ones.
 */
export function corpusReaders(pool: readonly PoolPaper[]) {
  const authors = readersBy(pool, ({ authors }) => authors, 9, 30);
  const rare = readersBy(
    pool,
    ({ categories }) => categories.filter((category) => canonicalCategory(category) === category),
    10,
    150,
  );
  return { A: drawn(authors, 200, randomNumbers(2)).slice(100), C: rare };
}

/** 4,000 papers, and the keywords that the authors of 10 to 60 of them gave. */
export function keywordPool(): { pool: PoolPaper[]; readers: SimulatedReader[] } {
  const rows: { title: string; abstract: string; keywords: string[] }[] = readFileSync(
    KEYWORDS,
    'utf8',
  )
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const pool = rows.map(({ title, abstract }, i) => ({
    arxivId: `0001.${String(i).padStart(5, '0')}`,
    title,
    abstract,
    authors: [`Author Number${i}`],
    categories: ['cs.AI'],
    date: '2000-01-03',
  }));
  const keywords = rows.map((row) => row.keywords.map((keyword) => keyword.toLowerCase().trim()));
  return { pool, readers: readersBy(pool, (_, i) => keywords[i]!, 10, 60) };
}

function readersBy(
  pool: readonly PoolPaper[],
  namesOf: (paper: PoolPaper, place: number) => readonly string[],
  fewest: number,
  most: number,
): SimulatedReader[] {
  const likes = new Map<string, number[]>();
  pool.forEach((paper, i) => {
    for (const name of new Set(namesOf(paper, i))) {
      likes.set(name, [...(likes.get(name) ?? []), i]);
    }
  });
  return [...likes]
    .map(([name, list]) => ({ name, likes: list }))
    .filter(({ likes }) => likes.length >= fewest && likes.length <= most)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
