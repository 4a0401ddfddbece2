import { type Sql, sql } from '@/lib/db/sql';
import type { View } from './filters';

/** What an order of a feed sorts its rows by. */
export interface EntryRow {
  id: number;
  score: number;
  points: number;
  feedAt: Date;
  generation: number;
}

/**
 * An order of a feed: as SQL (each way of writing it fits one index), and as keys of a cursor. Ties keep
 * the order in which papers came in, which is that of the page they were listed on.
 */
export interface Order {
  by: Sql;
  /** From the last row to the first. */
  backwards: Sql;
  /** The rows after a cursor's. */
  after: (keys: readonly number[]) => Sql;
  before: (keys: readonly number[]) => Sql;
  keys: (row: Omit<EntryRow, 'generation'>) => number[];
}

export const ORDERS: Record<View, Order> = {
  trending: {
    by: sql`score desc, -paper_id desc`,
    backwards: sql`score, -paper_id`,
    after: (keys) => sql`(score, -paper_id) < ${byScore(keys)}`,
    before: (keys) => sql`(score, -paper_id) > ${byScore(keys)}`,
    keys: (row) => [row.score, row.id],
  },
  new: {
    by: sql`feed_at desc, score desc, -paper_id desc`,
    backwards: sql`feed_at, score, -paper_id`,
    after: (keys) => sql`(feed_at, score, -paper_id) < ${byDate(keys)}`,
    before: (keys) => sql`(feed_at, score, -paper_id) > ${byDate(keys)}`,
    keys: (row) => [row.feedAt.getTime(), row.score, row.id],
  },
  top: {
    by: sql`points desc, score desc, -paper_id desc`,
    backwards: sql`points, score, -paper_id`,
    after: (keys) => sql`(points, score, -paper_id) < ${byPoints(keys)}`,
    before: (keys) => sql`(points, score, -paper_id) > ${byPoints(keys)}`,
    keys: (row) => [row.points, row.score, row.id],
  },
};

function byScore([score, id]: readonly number[]): Sql {
  return sql`(${score}::float8, -${id}::int)`;
}

function byDate([at, score, id]: readonly number[]): Sql {
  return sql`(${new Date(at!)}::timestamptz, ${score}::float8, -${id}::int)`;
}

function byPoints([points, score, id]: readonly number[]): Sql {
  return sql`(${points}::float8, ${score}::float8, -${id}::int)`;
}
