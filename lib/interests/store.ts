import { type Db, sql } from '@/lib/db/sql';
import type { ProfileWord } from '@/lib/interests/profile';
import type { Candidate } from '@/lib/interests/recommend';
import type { Lexicon } from '@/lib/search/index/lexicon';
import { rankedTexts } from '@/lib/search/index/store';
import { NO_FILTER } from '@/lib/search/query/filter';
import { engineFor } from '@/lib/search/rank/engines';

/** Saved papers with their words. Those that are hidden or not indexed are left out. */
export function readSaved(
  db: Db,
  ids: readonly number[],
): Promise<{ id: number; text: string; categories: string[] }[]> {
  return db.$queryRaw<{ id: number; text: string; categories: string[] }[]>(sql`
    select s.paper_id as id, s.ranked as text, p.categories
    from search_document s join paper p on p.id = s.paper_id
    where s.paper_id = any(${[...ids]}::int[]) and not s.hidden order by s.paper_id`);
}

/** Words that papers are looked up by: each costs a look at all papers that have it. */
const MOST_QUERIED = 16;
/** How often the index takes the heaviest word; it knows whole numbers only. */
const MOST_REPEATS = 4;

/** Words that more papers have, and more than a tenth of them, look up those for which there are too few others. */
const FREQUENT = 2_000;

/** With the rarity to the power of 1.5: as good as once or twice, and once costs four times as much. */
const usefulness = ({ query, weight }: ProfileWord) => query ** 0.25 * weight ** 0.75;

/** The papers that the search finds first for the words of an interest that are most use in it. */
export async function readCandidates(
  db: Db,
  words: readonly ProfileWord[],
  lexicon: Lexicon,
  want: number,
): Promise<Candidate[]> {
  const frequent = Math.max(FREQUENT, lexicon.size.papers / 10);
  const isFrequent = ({ stem }: ProfileWord) => Number(lexicon.papers(stem) > frequent);
  const first = [...words]
    .sort(
      (a, b) =>
        isFrequent(a) - isFrequent(b) ||
        usefulness(b) - usefulness(a) ||
        (a.stem < b.stem ? -1 : 1),
    )
    .slice(0, MOST_QUERIED);
  const most = Math.max(...first.map(({ query }) => query));
  const weights = first
    .map(({ stem, query }) => [stem, Math.round((MOST_REPEATS * query) / most)] as const)
    .filter(([, times]) => times > 0);
  if (weights.length === 0) return [];
  const engine = await engineFor(db, undefined);
  const { papers } = await engine.rank(db, {
    weights: new Map(weights),
    lexicon: async () => lexicon,
    filter: NO_FILTER,
    want,
    texts: true,
    partial: false,
  });
  const ids = papers.map(({ id }) => id);
  // An engine gives the texts that it reads anyway.
  const unread = papers.filter(({ text }) => text === null).map(({ id }) => id);
  const texts = unread.length > 0 ? await rankedTexts(db, unread) : new Map<number, string>();
  const known = new Map(papers.map(({ id, text }) => [id, text ?? texts.get(id) ?? '']));
  const details = await readDetails(db, ids);
  return details.map((each) => ({ ...each, text: known.get(each.id)! }));
}

/** These papers as candidates, in any order. */
export async function readAsCandidates(db: Db, ids: readonly number[]): Promise<Candidate[]> {
  const [details, texts] = await Promise.all([readDetails(db, ids), rankedTexts(db, ids)]);
  return details.map((each) => ({ ...each, text: texts.get(each.id) ?? '' }));
}

/** About so many papers from all over the catalogue, the same ones at every call. */
export async function readSample(db: Db, papers: number): Promise<{ id: number; text: string }[]> {
  return db.$queryRaw<{ id: number; text: string }[]>(sql`
    with last as (select coalesce(max(paper_id), 1) as id from search_document)
    select s.paper_id as id, s.ranked as text
    from last, generate_series(1, last.id, greatest(1, last.id / ${papers}::int)) as at(id)
      join search_document s on s.paper_id = at.id
    where not s.hidden`);
}

/** What a candidate has besides its text. Lists come as texts: to read them as lists takes twice as long. */
async function readDetails(db: Db, ids: readonly number[]): Promise<Omit<Candidate, 'text'>[]> {
  // Same title and first author: a revision or another source's copy with an id of its own.
  const rows = await db.$queryRaw<
    { id: number; categories: string; trending: number | null; copies: string | null }[]
  >(sql`
    select p.id, array_to_string(p.categories, ' ') as categories, o.score as trending,
      (select string_agg(c.id::text, ' ') from paper c where c.title_key = p.title_key
        and c.first_author_key = p.first_author_key and c.id <> p.id) as copies
    from paper p left join paper_score o on o.paper_id = p.id
    where p.id = any(${[...ids]}::int[])`);
  return rows.map(({ id, categories, trending, copies }) => ({
    id,
    categories: categories === '' ? [] : categories.split(' '),
    trending,
    copies: copies === null ? [id] : [id, ...copies.split(' ').map(Number)],
  }));
}

/** A form in which texts have each of these stems. */
export async function readShownWords(
  db: Db,
  stems: readonly string[],
): Promise<Map<string, string>> {
  const rows = await db.$queryRaw<{ stem: string; word: string }[]>(sql`
    select stem, word from lexicon_entry where stem = any(${[...new Set(stems)]}::text[])`);
  return new Map(rows.map(({ stem, word }) => [stem, word]));
}
