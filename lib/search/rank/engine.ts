import { type Db, sql } from '@/lib/db/sql';
import type { Filter } from '@/lib/search/query/filter';
import { bm25Engine } from '@/lib/search/rank/bm25-engine';
import { ginEngine } from '@/lib/search/rank/gin-engine';

export interface Ranked {
  id: number;
  score: number;
  /** Its row's `ranked`, where it was asked for and cost nothing more. */
  text: string | null;
}

/** Size of the catalogue, for BM25. */
export interface CatalogueSize {
  papers: number;
  /** Mean of `search_document.length`. */
  meanLength: number;
}

/** What the lexicon knows of a query's words. */
export interface Lexicon {
  size: CatalogueSize;
  /** Papers with each stem; unknown ones count as rare, since the lexicon may lag behind. */
  papers(stem: string): number;
}

export interface RankRequest {
  /** Stems to rank by, and how often the query has them; at least one. */
  words: ReadonlyMap<string, number>;
  /** Read when an engine needs it. */
  lexicon: () => Promise<Lexicon>;
  filter: Filter;
  /** How many at most, best first. */
  want: number;
  /** Whether the texts of the first ones are of use. */
  texts: boolean;
  /** Whether the scores may leave out some of many words: the caller adds them to the first papers. */
  partial: boolean;
}

export interface RankAnswer {
  /** By falling score, then by id. */
  papers: Ranked[];
  /** Some that fit may be missing, because looking at all of them would take too long. */
  cut: boolean;
  /** Of `words`, those that the scores leave out, and how often the query has them. */
  unscored: ReadonlyMap<string, number>;
}

/** Papers in the order of BM25. One implementation for each kind of database. */
export interface SearchEngine {
  rank(db: Db, request: RankRequest): Promise<RankAnswer>;
}

const ENGINES = {
  /** BM25 index of pg_textsearch. */
  pg_textsearch: bm25Engine,
  /** Any PostgreSQL: candidates from the GIN index, scored by BM25 in SQL. */
  'gin-bm25': ginEngine,
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
