import type { FollowKind } from '@/lib/db/generated/enums';
import { FollowKind as KINDS } from '@/lib/db/generated/enums';
import { canonicalCategory } from '@/lib/papers/category';
import { categoryName } from '@/lib/papers/category-names';
import { authorKey } from '@/lib/search/author';
import { parseQuery } from '@/lib/search/query/parse';
import { tagBySlug } from '@/lib/tags/taxonomy';

/** What can be followed, how it is written, and how much of it. Pure. */

export type { FollowKind };
export const FOLLOW_KINDS = Object.values(KINDS);

/** Something that is followed, in the one way it is written. */
export interface Follow {
  kind: FollowKind;
  /** A tag's slug; what names an author in an address; a search; `cs` or `cs.CL`. */
  value: string;
  /** Of an author, as somebody wrote it; null of the others. */
  name: string | null;
}

/** The same by kind, as forms and digests have it: authors by name. */
export interface Followed {
  tags: string[];
  authors: string[];
  categories: string[];
  searches: string[];
}

const LIST = {
  tag: 'tags',
  author: 'authors',
  category: 'categories',
  search: 'searches',
} as const satisfies Record<FollowKind, keyof Followed>;

/** How many of a kind one reader follows at most: each author and each search is a search of its own. */
export const MOST_FOLLOWED: Readonly<Record<FollowKind, number>> = {
  tag: 300,
  author: 50,
  category: 50,
  search: 10,
};

const LONGEST_SEARCH = 300;
const LONGEST_NAME = 200;

/** Text with single blanks alone. */
export const singleSpaced = (text: string) => text.replace(/\s+/g, ' ').trim();

export type FollowResult = { ok: true; follow: Follow } | { ok: false; problem: string };

/**
 * Reads what somebody asks to follow. An author may be given by name or as in an address; a search for one
 * author's papers is that author.
 */
export function readFollow(kind: FollowKind, text: string): FollowResult {
  const value = singleSpaced(text);
  const no = (problem: string): FollowResult => ({ ok: false, problem });
  const yes = (follow: Follow): FollowResult => ({ ok: true, follow });
  switch (kind) {
    case 'tag':
      return tagBySlug(value) ? yes({ kind, value, name: null }) : no(noTag(value));
    case 'category': {
      const category = canonicalCategory(value);
      if (category && categoryName(category)) return yes({ kind, value: category, name: null });
      return no(`there is no category “${value.slice(0, 60)}”; arXiv’s are such as cs.CL or math`);
    }
    case 'author': {
      const key = authorKey(value);
      if (key === '' || value.length > LONGEST_NAME) {
        return no(`an author is a name of at most ${LONGEST_NAME} characters`);
      }
      return yes({ kind, value: key, name: value });
    }
    case 'search': {
      if (value.length > LONGEST_SEARCH) {
        return no(`a saved search may have at most ${LONGEST_SEARCH} characters`);
      }
      const { query, messages } = parseQuery(value);
      if (query.clauses.length === 0) {
        return no(['a saved search must have something to look for', ...messages].join('. '));
      }
      const author = authorOfSearch(value);
      // One word may be anybody's: that search finds more than an author's page.
      return author === null || !authorKey(author).includes('-')
        ? yes({ kind, value, name: null })
        : readFollow('author', author);
    }
  }
}

export const noTag = (slug: string) => `there is no tag “${slug.slice(0, 60)}”; /tags lists them`;

/** The name in a search for one author's papers and nothing else. */
export function authorOfSearch(text: string): string | null {
  const { clauses, sort } = parseQuery(text).query;
  const [only] = clauses;
  const isAuthor = clauses.length === 1 && only?.kind === 'author' && !only.exclude;
  return isAuthor && sort === null ? only.value : null;
}

/** Whether a paper of these categories is in the one, or in the archive: who follows `cs` gets `cs.CL`. */
export const inCategory = (categories: readonly string[], followed: string): boolean =>
  categories.some((own) => own === followed || own.split('.')[0] === followed);

/** By kind, in the order given. */
export function byKind(follows: readonly Follow[]): Followed {
  const followed: Followed = { tags: [], authors: [], categories: [], searches: [] };
  for (const { kind, value, name } of follows) followed[LIST[kind]].push(name ?? value);
  return followed;
}

/** One by one; what is not understood is left out. */
export function oneByOne(followed: Partial<Followed>): Follow[] {
  return FOLLOW_KINDS.flatMap((kind) =>
    (followed[LIST[kind]] ?? []).flatMap((text) => {
      const read = readFollow(kind, text);
      return read.ok ? [read.follow] : [];
    }),
  );
}

const sameAs = (a: Follow) => (b: Follow) => a.kind === b.kind && a.value === b.value;

/** The ones that are there with those that come to them, as far as there is room. */
export function withMore(there: readonly Follow[], more: readonly Follow[]): Follow[] {
  const all = [...there];
  for (const each of more) {
    const ofKind = all.filter(({ kind }) => kind === each.kind).length;
    if (!all.some(sameAs(each)) && ofKind < MOST_FOLLOWED[each.kind]) all.push(each);
  }
  return all;
}

/** Those of the first list that are not in the second. */
export function beyond(follows: readonly Follow[], others: readonly Follow[]): Follow[] {
  return follows.filter((each) => !others.some(sameAs(each)));
}
