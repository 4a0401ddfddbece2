import { type Db, sql } from '@/lib/db/sql';
import { quoted } from '@/lib/search/index/document';
import { stemsWithStart } from '@/lib/search/index/lexicon';
import { terms } from '@/lib/search/text/terms';
import { fold, tokenize } from '@/lib/search/text/tokenizer';
import { TAGS } from '@/lib/tags/taxonomy';

/** What a text that is being typed may become. */
export interface Completion {
  kind: 'tag' | 'author' | 'title';
  text: string;
  /** Where it leads. */
  path: string;
}

/** Surnames may be as short as this; shorter than a start, a word is looked for as a whole. */
const SHORTEST = 2;
const SHORTEST_START = 3;
const LONGEST = 100;
const TAGS_SHOWN = 3;
const AUTHORS_SHOWN = 3;
const TITLES_SHOWN = 5;
/** Papers looked at, at most: completions answer while somebody types. */
const MOST_PAPERS = 200;

/** Tags, authors and titles with a word that starts as typed, after all the words typed before. */
export async function completions(db: Db, typed: string): Promise<Completion[]> {
  const text = typed.slice(0, LONGEST).trim();
  const last = terms(text).findLast((term) => !term.implied)?.word ?? '';
  // Fields and exclusions are for those who know what they want.
  if (last.length < SHORTEST || /["*]|\w:|(?:^|\s)-/.test(text)) return [];
  const isStart = last.length >= SHORTEST_START;
  const [authors, titles] = await Promise.all([
    authorsLike(db, text),
    isStart || terms(text).length > 1 ? titlesLike(db, text) : [],
  ]);
  return [...(isStart ? tagsLike(text) : []), ...authors, ...titles];
}

function tagsLike(text: string): Completion[] {
  const start = fold(text);
  return TAGS.filter(
    ({ name, slug }) =>
      slug.startsWith(start) ||
      fold(name)
        .split(/[\s-]+/)
        .some((_, i, parts) => parts.slice(i).join(' ').startsWith(start.replace(/-/g, ' '))),
  )
    .slice(0, TAGS_SHOWN)
    .map(({ slug, name }) => ({ kind: 'tag', text: name, path: `/tags/${slug}` }));
}

const started = (word: string) => (word.length >= SHORTEST_START ? ':*' : '');

async function authorsLike(db: Db, text: string): Promise<Completion[]> {
  const typed = tokenize(text).map(({ word }) => word);
  if (typed.length > 4 || (typed.at(-1)?.length ?? 0) < SHORTEST) return [];
  const query = typed
    .map((word, i) => quoted(`a:${word}`) + (i === typed.length - 1 ? started(word) : ''))
    .join(' <0> ');
  const rows = await db.$queryRaw<{ name: string }[]>(sql`
    select name from (
      select s.paper_id from search_document s
      where s.terms @@ ${query}::tsquery and not s.hidden limit ${MOST_PAPERS}::int
    ) s
    join paper p on p.id = s.paper_id, unnest(p.authors) name`);
  const counts = new Map<string, number>();
  for (const { name } of rows) {
    const parts = tokenize(name).map(({ word }) => word);
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
  // The last word as typed, since its stem may be longer or other than the start of what it becomes; and
  // the stems of what it becomes where these are shorter.
  const { shorter } =
    last.word.length < SHORTEST_START ? { shorter: [] } : await stemsWithStart(db, last.word);
  const ends = [
    quoted(`t:${last.word}`) + started(last.word),
    ...[last.stem, ...shorter].map((stem) => quoted(`t:${stem}`)),
  ];
  const before = list.slice(0, -1).map((term) => quoted(`t:${term.stem}`));
  const query = [...before, `(${ends.join(' | ')})`].join(' & ');
  const rows = await db.$queryRaw<{ id: number; title: string }[]>(sql`
    select p.id, p.title from (
      select s.paper_id from search_document s
      where s.terms @@ ${query}::tsquery and not s.hidden
      limit ${MOST_PAPERS}::int
    ) s
    join paper p on p.id = s.paper_id left join paper_score o on o.paper_id = p.id
    order by o.score desc nulls last, p.id limit ${TITLES_SHOWN}::int`);
  return rows.map(({ id, title }) => ({ kind: 'title', text: title, path: `/papers/${id}` }));
}

const searchPath = (query: string) => `/search?q=${encodeURIComponent(query)}`;
