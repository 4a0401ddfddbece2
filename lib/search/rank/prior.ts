import { type Db, sql } from '@/lib/db/sql';
import type { ScoredPaper } from '@/lib/search/rank/types';

/**
 * A query of so few words has many papers that answer it equally well, of several fields; longer ones say
 * themselves what they mean.
 */
export const LONGEST_HEAD_QUERY = 2;

/** What the newest paper gains, as a part of its score, and after how many years half of it is left. */
const RECENCY = 0.15;
const HALF_LIFE = 3;
/** What a paper with `MANY_VOTES` or more gains; half of it with the square root of so many. */
const INTEREST = 0.1;
const MANY_VOTES = 256;
/** What a paper with all tags gains that the query names: "llm for code" means no code-mixed speech. */
const TOPIC = 0.15;

const YEAR = 365.25 * 24 * 3_600;

interface Standing {
  /** In seconds. */
  filedAt: number;
  votes: number;
  /** The part of the tags which the query names that it has. */
  topics: number;
}

/** By how much a paper gains beside another that matches as well; `newest` is the date of the newest one. */
export function prior({ filedAt, votes, topics }: Standing, newest: number): number {
  const recency = 2 ** (-(newest - filedAt) / YEAR / HALF_LIFE);
  const interest = Math.min(1, Math.log2(1 + Math.max(0, votes)) / Math.log2(1 + MANY_VOTES));
  return 1 + RECENCY * recency + INTEREST * interest + TOPIC * topics;
}

/** Makes newer papers, those that more readers voted for, and those of its topics, score a little higher. */
export async function addPrior(
  db: Db,
  papers: readonly ScoredPaper[],
  topics: readonly string[],
): Promise<void> {
  const ids = papers.map((paper) => paper.id);
  const rows = await db.$queryRaw<(Standing & { id: number })[]>(sql`
    select s.paper_id as id, extract(epoch from s.filed_at)::float8 as "filedAt",
      coalesce(o.signal, 0)::float8 as votes, (
        select count(*)::float8 from paper_tag t
        where t.paper_id = s.paper_id and t.slug = any(${[...topics]}::text[]) and not t.removed
      ) / ${Math.max(1, topics.length)}::float8 as topics
    from search_document s left join paper_score o using (paper_id)
    where s.paper_id = any(${ids}::int[])`);
  const standings = new Map(rows.map((row) => [row.id, row]));
  const newest = Math.max(...rows.map((row) => row.filedAt));
  for (const paper of papers) {
    const standing = standings.get(paper.id);
    if (standing) paper.score *= prior(standing, newest);
  }
}
