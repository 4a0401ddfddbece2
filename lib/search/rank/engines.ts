import { type Db, sql } from '@/lib/db/sql';
import { ginBm25 } from '@/lib/search/rank/gin-bm25';
import { pgTextsearch } from '@/lib/search/rank/pg-textsearch';
import type { SearchEngine } from '@/lib/search/rank/types';

const ENGINES = {
  /** BM25 index of pg_textsearch. */
  pg_textsearch: pgTextsearch,
  /** Any PostgreSQL: candidates from the GIN index, scored by BM25 in SQL. */
  'gin-bm25': ginBm25,
} satisfies Record<string, SearchEngine>;
export type EngineName = keyof typeof ENGINES;

let chosen: Promise<EngineName> | undefined;

/** The engine that this process's database offers. Looked up once. */
export function searchEngine(db: Db): Promise<EngineName> {
  chosen ??= offered(db).catch((error) => {
    chosen = undefined;
    throw error;
  });
  return chosen;
}

async function offered(db: Db): Promise<EngineName> {
  const [row] = await db.$queryRaw<{ bm25: boolean }[]>(
    sql`select to_regclass('search_document_bm25') is not null as bm25`,
  );
  return row?.bm25 ? 'pg_textsearch' : 'gin-bm25';
}

export async function engineFor(db: Db, name: EngineName | undefined): Promise<SearchEngine> {
  return ENGINES[name ?? (await searchEngine(db))];
}
