import { type Db, type Sql, sql } from '@/lib/db/sql';
import { afterPrefix } from '@/lib/search/index/lexicon';
import { type Clause, formatQuery, type SearchQuery } from '@/lib/search/query/clause';
import { planSearch, type SearchPlan } from '@/lib/search/query/plan';
import { conjunction } from '@/lib/search/query/tsquery';
import { sorted } from '@/lib/search/rank/sorted';
import { terms } from '@/lib/search/text/terms';
import { wordsOf } from '@/lib/search/text/tokenizer';

/** Unknown words that are looked up, at most. */
const MOST_WORDS = 4;
/** A word in fewer papers may be somebody else's misspelling. */
const FEWEST_PAPERS = 3;
const MOST_NEIGHBOURS = 400;

/**
 * The query with its unknown words replaced by known ones that are spelt alike; null where nothing is
 * unknown, or nothing known is near.
 */
export async function didYouMean(db: Db, query: SearchQuery): Promise<string | null> {
  const words = query.clauses.filter((clause) => clause.kind === 'word' && !clause.exclude);
  const single = words.flatMap((clause) => {
    const [term, ...more] = terms(clause.value);
    const spelt = term && more.length === 0 && /^[a-z]{4,30}$/.test(term.word);
    return spelt ? [{ clause, term }] : [];
  });
  if (single.length === 0) return null;
  const known = await db.$queryRaw<{ stem: string }[]>(sql`
    select stem from lexicon_entry
    where papers > 0 and stem = any(${single.map(({ term }) => term.stem)}::text[])`);
  const isKnown = new Set(known.map((row) => row.stem));
  const unknown = single.filter(({ term }) => !isKnown.has(term.stem)).slice(0, MOST_WORDS);
  const replacements = new Map<unknown, string>();
  for (const { clause, term } of unknown) {
    const better = await nearest(db, term.word);
    if (better) replacements.set(clause, better);
  }
  if (replacements.size === 0) return null;
  return formatQuery({
    ...query,
    clauses: query.clauses.map((clause) => ({
      ...clause,
      value: replacements.get(clause) ?? clause.value,
    })),
  });
}

/**
 * The known word nearest to a misspelt one: fewest edits, then in most papers. Candidates are words one
 * edit away, and those with the same first two letters up to two edits away.
 */
async function nearest(db: Db, typed: string): Promise<string | null> {
  const start = typed.slice(0, 2);
  const alike = (column: Sql) => sql`
    ${column} >= ${start} and ${column} < ${afterPrefix(start)} and papers >= ${FEWEST_PAPERS}
    and length(${column}) between ${typed.length - 2}::int and ${typed.length + 2}::int
    order by papers desc limit ${MOST_NEIGHBOURS}::int`;
  const forms = sql`lexicon_form f join lexicon_entry w using (stem)`;
  const oneAway = oneEditAway(typed);
  const rows = await db.$queryRaw<{ word: string; papers: number }[]>(sql`
    (select w.word, papers from lexicon_entry w
     where w.word = any(${oneAway}::text[]) and papers > 0 order by papers desc limit 20)
    union
    (select f.word, papers from ${forms}
     where f.word = any(${oneAway}::text[]) and papers > 0 order by papers desc limit 20)
    union
    (select w.word, papers from lexicon_entry w where ${alike(sql`w.word`)})
    union
    (select f.word, papers from ${forms} where ${alike(sql`f.word`)})`);
  const farthest = typed.length < 6 ? 1 : 2;
  const near = rows
    .map(({ word, papers }) => ({ word, papers, edits: edits(typed, word, farthest) }))
    .filter((row) => row.edits > 0 && row.edits <= farthest)
    .sort((a, b) => a.edits - b.edits || b.papers - a.papers || (a.word < b.word ? -1 : 1));
  return near[0]?.word ?? null;
}

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'];

/** Every string that is one insertion, deletion, replacement or swap of neighbours away. */
function oneEditAway(word: string): string[] {
  const found = new Set<string>();
  for (let i = 0; i <= word.length; i++) {
    const [head, tail] = [word.slice(0, i), word.slice(i)];
    if (tail) found.add(head + tail.slice(1));
    if (tail.length > 1) found.add(head + tail[1] + tail[0] + tail.slice(2));
    for (const letter of LETTERS) {
      found.add(head + letter + tail);
      if (tail) found.add(head + letter + tail.slice(1));
    }
  }
  found.delete(word);
  return [...found];
}

/** Edits between two words, a swap of neighbours being one; above `limit`, some number above it. */
function edits(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + change);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, before[j - 2]! + 1);
      }
      row.push(cost);
    }
    before = last;
    last = row;
  }
  return last[b.length]!;
}

/** Words of a name, at most. */
const LONGEST_NAME = 4;

/** The clause for the author whose name the words of a query may be; null for any other query. */
function authorClause({ clauses }: SearchQuery): Clause | null {
  const isName =
    clauses.length >= 1 &&
    clauses.length <= LONGEST_NAME &&
    clauses.every(({ kind, exclude, value }) => kind === 'word' && !exclude && !/\d/.test(value));
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
  const required = (kind: 'author' | 'title') =>
    planSearch({ clauses: [{ ...clause, kind }], sort: null }).required;
  const upTo = (most: number, parts: readonly string[]) => sql`(select count(*)::int from (
    select 1 from search_document s where s.terms @@ ${conjunction(parts, [])}::tsquery
      and not s.hidden limit ${most}::int) found)`;
  const [counts] = await db.$queryRaw<{ authored: number; worded: number; titled: number }[]>(sql`
    select ${upTo(MOST_COUNTED, required('author'))} as authored,
      ${upTo(MOST_COUNTED / MOSTLY.worded, plan.whole)} as worded,
      ${upTo(MOST_COUNTED / MOSTLY.titled, required('title'))} as titled`);
  const { authored, worded, titled } = counts!;
  return authored > Math.max(MOSTLY.worded * worded, MOSTLY.titled * titled) ? clause : null;
}
