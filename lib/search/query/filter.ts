import { join, type Sql, sql } from '@/lib/db/sql';
import { quoted } from '@/lib/search/index/lexemes';
import type { SearchPlan } from '@/lib/search/query/plan';
import { conjunction } from '@/lib/search/query/tsquery';

/** What a paper must fulfil, as conditions on `search_document s`. */
export interface Filter {
  /** Nothing is asked but that the paper is not hidden. */
  isEmpty: boolean;
  /** Few papers are likely to fulfil it: those of one author, or with one of some ids. */
  isSparse: boolean;
  /** One index answers it: it asks for words, and maybe dates. */
  isIndexed: boolean;
  /** All conditions joined; at least that the paper is not hidden. */
  where: Sql;
  /** Whether it asks for the stem itself: to ask the index once more would cost as much as the first time. */
  requires(stem: string): boolean;
  /**
   * Each a `select paper_id …` of papers that fulfil some of the conditions, by an index; most likely the
   * most selective first. They may leave out papers with none of the stems of `some`.
   */
  drivers(some: AnyOf | null): Sql[];
}

/** Stems of which one will do: as tsquery, and how many papers have any of them, at most. */
interface AnyOf {
  tsquery: string;
  papers: number;
}

/** Stems in fewer papers drive a filter by themselves. */
const FEW_PAPERS = 4_000;
/** So do stems in fewer than these beside dates: of both indexes only the common rows are read. */
const FEW_PAPERS_WITH_DATES = 20_000;

/** Bounds that come from the place of a search rather than from its text. */
export interface Window {
  from?: Date;
  /** Exclusive. */
  to?: Date;
  /** Only these papers: a reader's own. */
  papers?: readonly number[];
}

export function filterOf(plan: SearchPlan, window: Window = {}): Filter {
  const text = conjunction(plan.required, plan.excluded);
  const dates = [
    ...[plan.from, window.from]
      .filter((day) => day != null)
      .map((day) => sql`s.filed_at >= ${day}`),
    ...[plan.to, window.to].filter((day) => day != null).map((day) => sql`s.filed_at < ${day}`),
  ];
  const tags = [...new Set(plan.tags)];
  const conditions: Sql[] = [NOT_HIDDEN];
  if (plan.ids.length > 0) {
    conditions.push(
      sql`s.paper_id in (select id from paper where arxiv_id = any(${plan.ids}) or doi = any(${plan.ids}))`,
    );
  }
  const own = window.papers ? sql`${[...window.papers]}::int[]` : null;
  if (own) conditions.push(sql`s.paper_id = any(${own})`);
  if (text) conditions.push(sql`s.terms @@ ${text}::tsquery`);
  conditions.push(...dates);
  conditions.push(...tags.map(has));
  conditions.push(...plan.withoutTags.map((slug) => sql`not ${has(slug)}`));
  if (plan.withoutIds.length > 0) {
    conditions.push(
      sql`s.paper_id not in (select id from paper
        where arxiv_id = any(${plan.withoutIds}) or doi = any(${plan.withoutIds}))`,
    );
  }
  return {
    isEmpty: conditions.length === 1,
    isSparse: plan.marks.authors.length > 0 || plan.ids.length > 0 || own !== null,
    isIndexed:
      plan.required.length > 0 &&
      own === null &&
      [tags, plan.withoutTags, plan.ids, plan.withoutIds].every((list) => list.length === 0),
    where: join(conditions, ' and '),
    requires: (stem) => plan.required.includes(quoted(stem)),
    drivers(some) {
      const drivers: Sql[] = own ? [sql`select unnest(${own}) as paper_id`] : [];
      if (plan.ids.length > 0) {
        drivers.push(sql`select id as paper_id from paper
          where arxiv_id = any(${plan.ids}) or doi = any(${plan.ids})`);
      }
      const textual = () => {
        const required = some ? [...plan.required, some.tsquery] : plan.required;
        const both = conjunction(required, plan.excluded);
        const all = join([sql`s.terms @@ ${both}::tsquery`, ...dates], ' and ');
        drivers.push(sql`select s.paper_id from search_document s where ${all}`);
      };
      if (plan.required.length > 0) textual();
      drivers.push(...tags.map(tagged));
      const few = dates.length > 0 ? FEW_PAPERS_WITH_DATES : FEW_PAPERS;
      if (plan.required.length === 0 && some && some.papers <= few) textual();
      if (dates.length > 0) {
        drivers.push(
          // The order makes it walk the index, statistics or not.
          sql`select s.paper_id from search_document s where ${join(dates, ' and ')}
            order by s.filed_at desc, s.paper_id desc`,
        );
      }
      return drivers;
    },
  };
}

const NOT_HIDDEN = sql`not s.hidden`;

// One look by key for each paper. As `exists` it may become a join from all papers of the tag.
const has = (slug: string) => sql`coalesce((
  select not t.removed from paper_tag t where t.paper_id = s.paper_id and t.slug = ${slug}), false)`;

const tagged = (slug: string) =>
  sql`select t.paper_id from paper_tag t where t.slug = ${slug} and not t.removed`;

export const NO_FILTER: Filter = {
  isEmpty: true,
  isSparse: false,
  isIndexed: false,
  where: NOT_HIDDEN,
  requires: () => false,
  drivers: () => [],
};
