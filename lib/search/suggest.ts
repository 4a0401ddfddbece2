import { type Db, sql } from '@/lib/db/sql';
import { readLexicon } from '@/lib/search/index/lexicon';
import { type Clause, formatQuery, type SearchQuery } from '@/lib/search/query/clause';
import { planSearch, type SearchPlan } from '@/lib/search/query/plan';
import { conjunction } from '@/lib/search/query/tsquery';
import { sorted } from '@/lib/search/rank/sorted';
import { wordsOf } from '@/lib/search/text/tokenizer';

/** Words of a name, at most. */
const LONGEST_NAME = 4;

/** The clause for the author whose name the words of a query may be; null for any other query. */
function authorClause({ clauses }: SearchQuery): Clause | null {
  const isName =
    clauses.length >= 1 &&
    clauses.length <= LONGEST_NAME &&
    clauses.every(
      ({ kind, exclude, require, value }) =>
        kind === 'word' && !exclude && !require && !/\d/.test(value),
    );
  const value = clauses.map((clause) => clause.value).join(' ');
  // A letter alone is the initial of thousands.
  if (!isName || !wordsOf(value).some((word) => word.length > 1)) return null;
  return { kind: 'author', value, exclude: false };
}

/** The search for the author of this name, where the words of a query are the name of one. */
export async function authorMeant(db: Db, query: SearchQuery): Promise<string | null> {
  const clause = authorClause(query);
  if (!clause) return null;
  const author: SearchQuery = { clauses: [clause], sort: null };
  const request = { limit: 1, after: null, count: false };
  const { ids } = await sorted(db, planSearch(author), 'new', request);
  return ids.length > 0 ? formatQuery(author) : null;
}

/** Papers that an author of this name must have for each one with its words in the text, or the title. */
const MOSTLY = { worded: 4, titled: 25 };
const MOST_COUNTED = 400;

/**
 * The author clause of a query whose words are a name in the list of authors and hardly ever stand in
 * a text: "Nguyen", but not "diffusion", nor "Adam".
 */
export async function mostlyAuthor(
  db: Db,
  query: SearchQuery,
  plan: SearchPlan,
): Promise<Clause | null> {
  const clause = authorClause(query);
  if (!clause || query.sort !== null) return null;
  const [stem, ...others] = plan.weights.keys();
  if (stem !== undefined && others.length === 0) {
    // Counting the papers of a frequent word would read all of them; the lexicon knows enough.
    const { papers } = await readLexicon(db, [stem]);
    if (papers(stem) > (2 * MOST_COUNTED) / MOSTLY.worded) return null;
  }
  const required = (kind: 'author' | 'title') =>
    planSearch({ clauses: [{ ...clause, kind }], sort: null }).required;
  const upTo = (most: number, parts: readonly string[]) => sql`(select count(*)::int from (
    select 1 from search_document s where s.terms @@ ${conjunction(parts, [])}::tsquery
      and not s.hidden limit ${most}::int) found)`;
  const [counts] = await db.$queryRaw<{ authored: number; worded: number; titled: number }[]>(sql`
    with a as materialized (select ${upTo(MOST_COUNTED, required('author'))} as authored)
    select authored,
      case when authored > 0 then ${upTo(MOST_COUNTED / MOSTLY.worded, plan.whole)} else 0 end as worded,
      case when authored > 0 then ${upTo(MOST_COUNTED / MOSTLY.titled, required('title'))} else 0 end as titled
    from a`);
  const { authored, worded, titled } = counts!;
  return authored > Math.max(MOSTLY.worded * worded, MOSTLY.titled * titled) ? clause : null;
}
