import { capitalised, filterTitle, listed } from '@/lib/feed/labels';
import { parseQuery } from '@/lib/search/query/parse';
import { tagBySlug } from '@/lib/tags/taxonomy';
import type { Preferences } from './preferences';
import { timetableWords } from './timetable';

/** What a subscription brings, put into words: the same on pages and in mails. Pure. */

/** One choice, such as `Topics` and `PEFT or LoRA`. */
export interface Choice {
  label: string;
  value: string;
}

type Topics = Pick<Preferences, 'tags' | 'mutedTags' | 'searches'>;

const nameOf = (slug: string) => tagBySlug(slug)?.name ?? slug;

export function choicesInWords(preferences: Preferences): Choice[] {
  const { mutedTags, searches, maxPapers } = preferences;
  const sections = searches.map(searchWords);
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

/** Tags of a subscription mean any of them: `PEFT or LoRA`. */
export function topicWords({ tags }: Pick<Topics, 'tags'>): string {
  if (tags.length === 0) return 'all topics';
  return listed(tags.map(nameOf), 'or');
}

/**
 * A saved search. One that a page's filter became is said as the filter is, all of whose tags must fit:
 * `papers on both continual learning and PEFT, with code`; any other as it was typed.
 */
export function searchWords(query: string): string {
  return filterWords(query) ?? authorWords(query) ?? `papers that match “${query}”`;
}

/** Over a section: `Papers on both continual learning and PEFT`, `Search: whale songs`. */
export function searchHeading(query: string): string {
  const words = filterWords(query) ?? authorWords(query);
  return words ? capitalised(words) : `Search: ${query}`;
}

/** Null of a search for anything but one author's papers. */
function authorWords(query: string): string | null {
  const { clauses, sort } = parseQuery(query).query;
  const [only] = clauses;
  const isAuthor = clauses.length === 1 && only?.kind === 'author' && !only.exclude;
  return isAuthor && sort === null ? `papers by ${only.value}` : null;
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
