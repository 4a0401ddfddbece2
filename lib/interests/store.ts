import { type Db, sql } from '@/lib/db/sql';
import type { ProfileWord } from '@/lib/interests/profile';
import type { Candidate } from '@/lib/interests/recommend';
import type { Lexicon } from '@/lib/search/index/lexicon';
import { NO_FILTER } from '@/lib/search/query/filter';
import { engineFor } from '@/lib/search/rank/engines';

/** A paper that an interest is made of, or that a reader does not want to see. */
export type KnownPaper = Pick<Candidate, 'id' | 'text' | 'categories' | 'copyKey'>;

/** Same title and first author: a revision or another source's copy that has an id of its own. */
const COPY_KEY = sql`p.title_key || ' ' || p.first_author_key`;

/** Papers with their words. Those that are hidden or not indexed are left out. */
export function readKnown(db: Db, ids: readonly number[]): Promise<KnownPaper[]> {
  return db.$queryRaw<KnownPaper[]>(sql`
    select s.paper_id as id, s.ranked as text, p.categories, ${COPY_KEY} as "copyKey"
    from search_document s join paper p on p.id = s.paper_id
    where s.paper_id = any(${[...ids]}::int[]) and not s.hidden order by s.paper_id`);
}

/** The copy keys of papers. */
export async function readCopyKeys(db: Db, ids: readonly number[]): Promise<Set<string>> {
  const rows = await db.$queryRaw<{ copyKey: string }[]>(sql`
    select ${COPY_KEY} as "copyKey" from paper p where p.id = any(${[...ids]}::int[])`);
  return new Set(rows.map(({ copyKey }) => copyKey));
}

/** Words that papers are looked up by. */
const MOST_QUERIED = 40;
/** How often the index takes the heaviest word; it knows whole numbers only. */
const MOST_REPEATS = 4;

/** The papers that the search finds first for the heaviest words of an interest. */
export async function readCandidates(
  db: Db,
  words: readonly ProfileWord[],
  lexicon: Lexicon,
  want: number,
): Promise<Candidate[]> {
  if (words.length === 0) return [];
  const heaviest = words.slice(0, MOST_QUERIED);
  const most = Math.max(...heaviest.map(({ query }) => query));
  const weights = heaviest
    .map(({ stem, query }) => [stem, Math.round((MOST_REPEATS * query) / most)] as const)
    .filter(([, times]) => times > 0);
  const engine = await engineFor(db, undefined);
  const { papers } = await engine.rank(db, {
    weights: new Map(weights),
    lexicon: async () => lexicon,
    filter: NO_FILTER,
    want,
    texts: false,
    partial: false,
  });
  const ids = papers.map(({ id }) => id);
  return db.$queryRaw<Candidate[]>(sql`
    select s.paper_id as id, s.ranked as text, p.categories, o.score as trending,
      ${COPY_KEY} as "copyKey"
    from search_document s join paper p on p.id = s.paper_id
      left join paper_score o on o.paper_id = s.paper_id
    where s.paper_id = any(${ids}::int[])`);
}
