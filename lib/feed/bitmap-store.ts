import { JsonRows } from '@/lib/db/json-rows';
import { type Db, raw, sql } from '@/lib/db/sql';
import { type BitChange, BLOCK } from './bitmaps';

/** No paper of a block. */
export const NO_BITS = raw(`b'0'::bit(${BLOCK})`);
const BITS = raw(`bit(${BLOCK})`);

/** Sets and clears bits. In the transaction of the ranking that they belong to. */
export async function changeBitmaps(db: Db, changes: readonly BitChange[]): Promise<void> {
  const clears = changes.filter(({ removed }) => removed !== '');
  const sets = changes.filter(({ added }) => added !== '');
  if (clears.length > 0) {
    await db.$executeRaw(sql`
      update term_bitmap b set papers = b.papers & ~('x' || r.removed)::${BITS}
      from json_to_recordset(${new JsonRows(clears).parameter()}::json) as r(term text, block int, removed text)
      where b.term = r.term and b.block = r.block`);
  }
  if (sets.length > 0) {
    await db.$executeRaw(sql`
      insert into term_bitmap as b (term, block, papers)
      select term, block, ('x' || added)::${BITS}
      from json_to_recordset(${new JsonRows(sets).parameter()}::json) as r(term text, block int, added text)
      on conflict (term, block) do update set papers = b.papers | excluded.papers`);
  }
}

/** Makes all bits anew from what is ranked: `changeBitmaps` does not hear of deleted papers. */
export async function rebuildBitmaps(db: Db): Promise<void> {
  await db.$executeRaw(sql`delete from term_bitmap`);
  await db.$executeRaw(sql`
    insert into term_bitmap (term, block, papers)
    select t.term, s.paper_id / ${BLOCK}::int,
      bit_or(set_bit(${NO_BITS}, s.paper_id % ${BLOCK}::int, 1))
    from paper_score s, unnest(s.terms
      || ('day:' || to_char(s.feed_at at time zone 'UTC', 'YYYY-MM-DD'))) as t(term)
    group by 1, 2`);
}
