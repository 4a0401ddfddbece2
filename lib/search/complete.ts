import { type Db, sql } from '@/lib/db/sql';
import { paperPath } from '@/lib/papers/paper-address';
import { authorNames } from '@/lib/search/author-query';
import { quoted, titleLexeme } from '@/lib/search/index/lexemes';
import { readPrefixes } from '@/lib/search/index/lexicon';
import { searchPath } from '@/lib/search/query/clause';
import { SHORTEST_PREFIX } from '@/lib/search/query/parse';
import { prefixQuery } from '@/lib/search/query/tsquery';
import { fold } from '@/lib/search/text/spelling';
import { terms } from '@/lib/search/text/terms';
import { wordsOf } from '@/lib/search/text/tokenizer';
import { TAGS } from '@/lib/tags/taxonomy';

/** What a text that is being typed may become. */
export interface Completion {
  kind: 'tag' | 'author' | 'title';
  text: string;
  /** Where it leads. */
  path: string;
}

/** Surnames may be as short as this. Below `SHORTEST_PREFIX` a word is looked for as a whole. */
const SHORTEST = 2;
const LONGEST = 100;
const TAGS_SHOWN = 3;
const AUTHORS_SHOWN = 3;
const TITLES_SHOWN = 5;
/** Papers looked at, at most: completions answer while somebody types. */
const MOST_PAPERS = 200;

/** Tags, authors and titles that have the words typed, of the last one maybe only the prefix. */
export async function completions(db: Db, typed: string): Promise<Completion[]> {
  const text = typed.slice(0, LONGEST).trim();
  const last = terms(text).findLast((term) => !term.implied)?.word ?? '';
  // Fields and exclusions are for those who know what they want.
  if (last.length < SHORTEST || /["*]|\w:|(?:^|\s)-/.test(text)) return [];
  const [authors, titles] = await Promise.all([
    authorsLike(db, text),
    isPrefix(last) || terms(text).length > 1 ? titlesLike(db, text) : [],
  ]);
  return [...(isPrefix(last) ? tagsLike(text) : []), ...authors, ...titles];
}

const isPrefix = (word: string) => word.length >= SHORTEST_PREFIX;

function tagsLike(text: string): Completion[] {
  const typed = fold(text);
  return TAGS.filter(
    ({ name, slug }) =>
      slug.startsWith(typed) ||
      fold(name)
        .split(/[\s-]+/)
        .some((_, i, parts) => parts.slice(i).join(' ').startsWith(typed.replace(/-/g, ' '))),
  )
    .slice(0, TAGS_SHOWN)
    .map(({ slug, name }) => ({ kind: 'tag', text: name, path: `/tags/${slug}` }));
}

async function authorsLike(db: Db, text: string): Promise<Completion[]> {
  const typed = wordsOf(text);
  const last = typed.at(-1) ?? '';
  if (typed.length > 4 || last.length < SHORTEST) return [];
  const names = await authorNames(db, {
    words: typed,
    lastIsPrefix: isPrefix(last),
    most: MOST_PAPERS,
  });
  const counts = new Map<string, number>();
  for (const name of names) {
    const parts = wordsOf(name);
    const fits = typed.every((word, i) =>
      parts.some((part) => (i === typed.length - 1 ? part.startsWith(word) : part === word)),
    );
    if (fits && !name.includes('"')) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, AUTHORS_SHOWN)
    .map(([name]) => ({ kind: 'author', text: name, path: searchPath(`author:"${name}"`) }));
}

async function titlesLike(db: Db, text: string): Promise<Completion[]> {
  const list = terms(text).filter((term) => !term.implied);
  const last = list.at(-1);
  if (!last) return [];
  // As typed, since its stem may be other than the beginning of what it becomes; and by its own stem.
  const typed = isPrefix(last.word)
    ? prefixQuery(last.word, await readPrefixes(db, [last.word]), titleLexeme)
    : quoted(titleLexeme(last.word));
  const before = list.slice(0, -1).map((term) => quoted(titleLexeme(term.stem)));
  const query = [...before, `(${typed} | ${quoted(titleLexeme(last.stem))})`].join(' & ');
  const rows = await db.$queryRaw<{ id: number; title: string }[]>(sql`
    select p.id, p.title from (
      select s.paper_id from search_document s
      where s.terms @@ ${query}::tsquery and not s.hidden
      limit ${MOST_PAPERS}::int
    ) s
    join paper p on p.id = s.paper_id left join paper_score o on o.paper_id = p.id
    order by o.score desc nulls last, p.id limit ${TITLES_SHOWN}::int`);
  return rows.map(({ id, title }) => ({ kind: 'title', text: title, path: paperPath(id) }));
}
