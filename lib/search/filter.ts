import { join, type Sql, sql } from '@/lib/db/client';
import { type SearchPlan, tsquery } from '@/lib/search/plan';

/** What a paper must fulfil, as conditions on `paper_search s`. */
export interface Filter {
  /** Nothing is asked but that the paper is not hidden. */
  isEmpty: boolean;
  /** All conditions joined; at least that the paper is not hidden. */
  where: Sql;
  /**
   * Each a `select paper_id …` of the papers that fulfil one of the conditions, answered by an index.
   * In the order in which they are likely to be selective.
   */
  drivers: Sql[];
}

/** Bounds that come with the place of a search rather than with its text: a feed's window. */
export interface Window {
  from?: Date;
  /** Exclusive. */
  to?: Date;
}

export function filterOf(plan: SearchPlan, window: Window = {}): Filter {
  const conditions: Sql[] = [NOT_HIDDEN];
  const drivers: Sql[] = [];
  const text = tsquery(plan.required, plan.excluded);
  if (plan.ids.length > 0) {
    const ids = sql`s.paper_id in (select id from paper where arxiv_id = any(${plan.ids}))`;
    conditions.push(ids);
    drivers.push(sql`select id as paper_id from paper where arxiv_id = any(${plan.ids})`);
  }
  if (text) conditions.push(sql`s.terms @@ ${text}::tsquery`);
  if (plan.required.length > 0) {
    drivers.push(sql`select s.paper_id from paper_search s where s.terms @@ ${text}::tsquery`);
  }
  for (const slug of new Set(plan.tags)) {
    conditions.push(has(slug));
    drivers.push(tagged(slug));
  }
  for (const slug of plan.withoutTags) {
    conditions.push(sql`not ${has(slug)}`);
  }
  if (plan.withoutIds.length > 0) {
    conditions.push(
      sql`s.paper_id not in (select id from paper where arxiv_id = any(${plan.withoutIds}))`,
    );
  }
  const dates = [
    ...[plan.from, window.from]
      .filter((day) => day != null)
      .map((day) => sql`s.filed_at >= ${day}`),
    ...[plan.to, window.to].filter((day) => day != null).map((day) => sql`s.filed_at < ${day}`),
  ];
  if (dates.length > 0) {
    conditions.push(...dates);
    drivers.push(
      // The order makes it walk the index, statistics or not.
      sql`select s.paper_id from paper_search s where ${join(dates, ' and ')}
        order by s.filed_at desc, s.paper_id desc`,
    );
  }
  return { isEmpty: conditions.length === 1, where: join(conditions, ' and '), drivers };
}

const NOT_HIDDEN = sql`not s.hidden`;

// One look by key a paper. As `exists` it may become a join that starts from all papers of the tag.
const has = (slug: string) => sql`coalesce((
  select not t.removed from paper_tag t where t.paper_id = s.paper_id and t.slug = ${slug}), false)`;

const tagged = (slug: string) =>
  sql`select t.paper_id from paper_tag t where t.slug = ${slug} and not t.removed`;

export const NO_FILTER: Filter = { isEmpty: true, where: NOT_HIDDEN, drivers: [] };
