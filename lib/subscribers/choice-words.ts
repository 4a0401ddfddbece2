import { capitalised, filterTitle, listed } from '@/lib/feed/labels';
import { categoryName } from '@/lib/papers/category-names';
import { parseQuery } from '@/lib/search/query/parse';
import { tagBySlug } from '@/lib/tags/taxonomy';
import { authorOfSearch, type Follow } from './follow';
import type { Preferences } from './preferences';
import { timetableWords } from './timetable';

/** What a subscription brings, put into words: the same on pages and in mails. Pure. */

/** One choice, such as `Topics` and `PEFT or LoRA`. */
export interface Choice {
  label: string;
  value: string;
}

const nameOf = (slug: string) => tagBySlug(slug)?.name ?? slug;

export function choicesInWords(preferences: Preferences): Choice[] {
  const { mutedTags, authors, searches, maxPapers } = preferences;
  const sections = [...authors.map(authorWords), ...searches.map(searchWords)];
  return [
    { label: 'Topics', value: topicWords(preferences) },
    ...(sections.length > 0 ? [{ label: 'Also', value: sections.join('; ') }] : []),
    ...(mutedTags.length > 0
      ? [{ label: 'Left out', value: listed(mutedTags.map(nameOf), 'and') }]
      : []),
    { label: 'When', value: timetableWords(preferences) },
    { label: 'Length', value: maxPapers === 1 ? 'one paper' : `up to ${maxPapers} papers` },
  ];
}

/** Tags and categories that are followed mean any of them: `PEFT or cs.CL`. */
export function topicWords({
  tags,
  categories = [],
}: {
  tags: readonly string[];
  categories?: readonly string[];
}): string {
  if (tags.length + categories.length === 0) return 'all topics';
  return listed([...tags.map(nameOf), ...categories], 'or');
}

/** What is followed, as a list names it: `PEFT`, `Yann LeCun`, `cs.CL, Computation and Language`. */
export function followWords({ kind, value, name }: Follow): string {
  if (kind === 'tag') return nameOf(value);
  if (kind === 'author') return name ?? value;
  if (kind === 'search') return capitalised(searchWords(value));
  const plain = categoryName(value);
  return plain ? `${value}, ${plain}` : value;
}

const authorWords = (name: string) => `papers by ${name}`;

/**
 * A saved search. One that a page's filter became is said as the filter is, all of whose tags must fit:
 * `papers on both continual learning and PEFT, with code`; any other as it was typed.
 */
export function searchWords(query: string): string {
  return filterWords(query) ?? authorSearchWords(query) ?? `papers that match “${query}”`;
}

/** Over a section: `Papers on both continual learning and PEFT`, `Search: whale songs`. */
export function searchHeading(query: string): string {
  const words = filterWords(query) ?? authorSearchWords(query);
  return words ? capitalised(words) : `Search: ${query}`;
}

/** Null of a search for anything but one author's papers. */
function authorSearchWords(query: string): string | null {
  const author = authorOfSearch(query);
  return author === null ? null : authorWords(author);
}

/** Null of a search that no filter can be. */
function filterWords(query: string): string | null {
  const { clauses, sort } = parseQuery(query).query;
  const of = (kind: string, exclude = false) =>
    clauses.filter((clause) => clause.kind === kind && clause.exclude === exclude);
  const tags = of('tag').map(({ value }) => value);
  const without = of('tag', true).map(({ value }) => value);
  const categories = of('cat');
  const code = of('has').filter(({ value }) => value === 'code');
  const isFilter =
    sort === null &&
    clauses.length > 0 &&
    categories.length <= 1 &&
    tags.length + without.length + categories.length + code.length === clauses.length;
  if (!isFilter) return null;
  const category = categories[0]?.value ?? null;
  const words = filterTitle({ tags, without, category, hasCode: code.length > 0 }, nameOf);
  const subjects = tags.length + categories.length;
  if (subjects === 0) return `papers ${words}`;
  return `papers on ${subjects > 2 ? 'all of ' : subjects === 2 ? 'both ' : ''}${words}`;
}
