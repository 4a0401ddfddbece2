import type { Db } from '@/lib/db/sql';
import type { Lexicon } from '@/lib/search/index/lexicon';
import type { Filter } from '@/lib/search/query/filter';

export interface ScoredPaper {
  id: number;
  score: number;
  /** Its row's `ranked`, where it was asked for and cost nothing more. */
  text: string | null;
}

export interface RankRequest {
  /** Stems to rank by, and how often the query has them; at least one. */
  weights: ReadonlyMap<string, number>;
  /** Read when an engine needs it. */
  lexicon: () => Promise<Lexicon>;
  filter: Filter;
  /** How many at most, best first. */
  want: number;
  /** Whether the texts of the first ones are of use. */
  texts: boolean;
  /** Whether the scores may leave out some of many stems: the caller adds them to the first papers. */
  partial: boolean;
}

export interface RankAnswer {
  /** By falling score, then by id. */
  papers: ScoredPaper[];
  /** Some that fit may be missing, because looking at all of them would take too long. */
  cut: boolean;
  /** Of `weights`, what the scores leave out. */
  unscored: ReadonlyMap<string, number>;
}

/** Puts papers in the order of BM25. One implementation for each kind of database. */
export interface SearchEngine {
  rank(db: Db, request: RankRequest): Promise<RankAnswer>;
}
