import { type Db, sql } from '@/lib/db/sql';
import { ALL } from '@/lib/feed/list-terms';
import { formatQuery } from '@/lib/search/query/clause';
import { parseQuery } from '@/lib/search/query/parse';
import { fold } from '@/lib/search/text/spelling';
import { terms } from '@/lib/search/text/terms';
import { wordsOf } from '@/lib/search/text/tokenizer';
import { tagBySlug } from '@/lib/tags/taxonomy';

/** A search that finds something in this catalogue, and what it shows of the query language. */
export interface Example {
  query: string;
  meaning: string;
}

/** The query language, an example a line, made of what this catalogue has; none in an empty one. */
export async function searchExamples(db: Db): Promise<Example[]> {
  const [papers, counted] = await Promise.all([
    db.$queryRaw<Sample[]>(sql`
      select p.title, p.authors, p.arxiv_id as "arxivId", p.code_url is not null as "hasCode",
        extract(year from coalesce(p.published_at, p.first_seen_at) at time zone 'UTC')::int as year
      from paper_score s join paper p on p.id = s.paper_id
      order by s.score desc, s.paper_id limit ${LOOKED_AT}::int`),
    db.$queryRaw<{ term: string; papers: number }[]>(sql`
      select term, papers from feed_term where papers > 0 and term <> ${ALL}
      order by papers desc, term limit 1000`),
  ]);
  return examplesOf(
    papers,
    counted.map(({ term }) => term),
  );
}

interface Sample {
  title: string;
  authors: string[];
  arxivId: string | null;
  hasCode: boolean;
  year: number;
}

const LOOKED_AT = 40;

/** From papers, the foremost first, and terms, the most frequent first. */
export function examplesOf(papers: readonly Sample[], frequent: readonly string[]): Example[] {
  const titled = papers.map((paper) => ({ ...paper, words: plainWords(paper.title) }));
  const told = titled.find(({ words }) => words.length >= 2);
  if (!told) return [];
  const [a, b] = told.words;
  const tag = frequent.find((term) => term.startsWith('tag:'));
  const category = frequent.find((term) => term.startsWith('cat:'));
  const named = tag && fold(tagBySlug(tag.slice('tag:'.length))?.name ?? '');
  const author = papers.map((paper) => wordsOf(paper.authors[0] ?? '').at(-1)).find(isSurname);
  const code = titled.find(({ hasCode, words }) => hasCode && words.length > 0);
  const id = papers.find(({ arxivId }) => arxivId)?.arxivId;
  const lines: (Example | undefined | null | '' | false)[] = [
    named && {
      query: named,
      meaning: 'papers with all these words first, then those with some of them',
    },
    { query: `"${a} ${b}"`, meaning: 'the words as a phrase' },
    { query: `+${a} ${b}`, meaning: 'only papers with the word after the plus' },
    { query: `${a} -survey`, meaning: 'without a word' },
    a!.length > 6 && { query: `${a!.slice(0, 5)}*`, meaning: 'words that start like this' },
    { query: `title:${a}`, meaning: 'a word or phrase in the title' },
    author && {
      query: `author:${author}`,
      meaning: 'papers by an author: a surname, or a name with initials in quotes',
    },
    tag && { query: tag, meaning: 'papers with a tag; -tag: leaves them out' },
    category && { query: category, meaning: 'an arXiv category, or an archive such as stat' },
    {
      query: `${a} after:${told.year} before:${told.year + 1}`,
      meaning: 'published within a year; also after:2024-01 and after:2024-01-31',
    },
    code && { query: `${code.words[0]} has:code`, meaning: 'papers with code' },
    id && {
      query: id,
      meaning: 'one paper: by its arXiv id, DOI, address, whole title or BibTeX entry',
    },
    { query: `${a} sort:new`, meaning: 'newest first; also trending, top, relevance' },
  ];
  return lines.filter((line) => !!line);
}

/** Two neighbouring words of a title that a query reads as words and nothing else; none where there are none. */
function plainWords(title: string): string[] {
  const pairs = title.toLowerCase().matchAll(/(?=\b([a-z]{4,}) ([a-z]{4,})\b)\b/g);
  for (const [, first, second] of pairs) {
    const pair = [first!, second!];
    const isPlain = pair.every((word) => terms(word).length === 1 && isReadAsTyped(word));
    if (isPlain && isReadAsTyped(pair.join(' '))) return pair;
  }
  return [];
}

const isReadAsTyped = (text: string) => formatQuery(parseQuery(text).query) === text;

const isSurname = (word: string | undefined) => word !== undefined && /^[a-z]{3,}$/.test(word);
