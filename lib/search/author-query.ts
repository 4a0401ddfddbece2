import { type Db, sql } from '@/lib/db/sql';
import { authorKey } from '@/lib/search/author';
import { authorQuery } from '@/lib/search/query/tsquery';
import { wordsOf } from '@/lib/search/text/tokenizer';

/** Papers whose names are read, at most: the same as a search counts. */
const MOST_PAPERS = 1_000;
const MOST_WRITTEN = 12;

/** A name as papers here write it. */
export interface WrittenName {
  name: string;
  papers: number;
}

export interface Author {
  /** As most papers write it. */
  name: string;
  /** Of all names that the search for this one finds, the most frequent first; this one is among them. */
  written: WrittenName[];
}

/** The author whose key this is; null where no paper has a name that is written so. */
export async function findAuthor(db: Db, key: string): Promise<Author | null> {
  const words = wordsOf(key);
  if (words.length === 0) return null;
  const names = await authorNames(db, { words, lastIsPrefix: false, most: MOST_PAPERS });
  const counts = new Map<string, number>();
  for (const name of names) {
    const parts = new Set(wordsOf(name));
    if (words.every((word) => parts.has(word) || (word.length === 1 && hasInitial(parts, word)))) {
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  const written = [...counts]
    .map(([name, papers]) => ({ name, papers }))
    .sort((a, b) => b.papers - a.papers || (a.name < b.name ? -1 : 1));
  const named = written.find(({ name }) => authorKey(name) === key);
  if (!named) return null;
  const others = written.filter((each) => each !== named);
  return { name: named.name, written: [named, ...others.slice(0, MOST_WRITTEN - 1)] };
}

const hasInitial = (words: ReadonlySet<string>, initial: string) =>
  [...words].some((word) => word.startsWith(initial));

/** All authors of papers that have one with these words in the name; of each paper, those of one name once. */
export async function authorNames(
  db: Db,
  {
    words,
    lastIsPrefix,
    most,
  }: {
    words: readonly string[];
    /** Whether the last word may be the beginning of one. */
    lastIsPrefix: boolean;
    /** Papers that are read, at most. */
    most: number;
  },
): Promise<string[]> {
  const rows = await db.$queryRaw<{ name: string }[]>(sql`
    select name from (
      select s.paper_id from search_document s
      where s.terms @@ ${authorQuery(words, lastIsPrefix)}::tsquery and not s.hidden
      limit ${most}::int
    ) s
    join paper p on p.id = s.paper_id, lateral (select distinct unnest(p.authors)) a(name)`);
  return rows.map(({ name }) => name);
}
