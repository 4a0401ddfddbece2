import { DAY_MS } from '@/lib/calendar/days';
import type { ReadingState } from '@/lib/db/generated/enums';
import { type ModelDb, sql, transaction } from '@/lib/db/sql';
import { type Actor, authorise } from './actor';
import { putShelf } from './library-store';

/** Shelves, and changes of many papers of a library at once. */

export interface Shelf {
  id: number;
  slug: string;
  name: string;
  /** Names it in its secret addresses; those end when `linkEpoch` grows. */
  key: string;
  linkEpoch: number;
  /** Since when others may see it; null of one that nobody else sees. */
  sharedAt: Date | null;
}

const SHELF = { id: true, slug: true, name: true, key: true, linkEpoch: true, sharedAt: true };

export function findShelf(db: ModelDb, actor: Actor, slug: string): Promise<Shelf | null> {
  const readerId = authorise(actor, 'library:read');
  return db.shelf.findUnique({ where: { readerId_slug: { readerId, slug } }, select: SHELF });
}

/** The slug of a new shelf, or of the one that has the name. Null where there are as many as may be. */
export async function makeShelf(
  db: ModelDb,
  actor: Actor,
  name: string,
  now: Date,
): Promise<string | null> {
  const readerId = authorise(actor, 'library:write');
  return transaction(db, async (tx) => {
    await tx.$executeRaw(sql`select 1 from reader where id = ${readerId} for update`);
    const id = await putShelf(tx, readerId, name, now);
    if (id === null) return null;
    return (await tx.shelf.findUniqueOrThrow({ where: { id } })).slug;
  });
}

/** What can be changed of a shelf. */
export interface ShelfChange {
  name?: string;
  /** Whether others may see it by its link. */
  shared?: boolean;
  /** Ends the secret addresses that there were. */
  renew?: true;
}

/** False where the reader has no such shelf. */
export async function changeShelf(
  db: ModelDb,
  actor: Actor,
  slug: string,
  { name, shared, renew }: ShelfChange,
  now: Date,
): Promise<boolean> {
  const readerId = authorise(actor, 'library:write');
  const { count } = await db.shelf.updateMany({
    where: { readerId, slug },
    data: {
      ...(name !== undefined && { name }),
      ...(shared !== undefined && { sharedAt: shared ? now : null }),
      ...(renew && { linkEpoch: { increment: 1 } }),
    },
  });
  return count > 0;
}

/** Takes a shelf away. Papers that are on no other one go to none: they leave the library. */
export async function removeShelf(db: ModelDb, actor: Actor, slug: string): Promise<boolean> {
  const readerId = authorise(actor, 'library:write');
  return transaction(db, async (tx) => {
    const { count } = await tx.shelf.deleteMany({ where: { readerId, slug } });
    await leaveUnshelved(tx, readerId);
    return count > 0;
  });
}

/** A paper is in the library as long as it is on a shelf. */
async function leaveUnshelved(tx: ModelDb, readerId: number): Promise<void> {
  await tx.$executeRaw(sql`
    delete from saved_paper s where s.reader_id = ${readerId} and not exists (
      select 1 from shelf_paper e where e.reader_id = s.reader_id and e.paper_id = s.paper_id)`);
}

/** One change of many papers. */
export type BulkChange =
  | { state: ReadingState }
  | { addLabel: string }
  | { removeLabel: string }
  /** Slugs; without `from` the papers stay where they are, too. */
  | { to: string; from: string | null };

/** Changes those of the papers that are in the library; returns how many. */
export async function changeSaved(
  db: ModelDb,
  actor: Actor,
  paperIds: readonly number[],
  change: BulkChange,
  now: Date,
): Promise<number> {
  const readerId = authorise(actor, 'library:write');
  const which = sql`reader_id = ${readerId} and paper_id = any(${[...paperIds]}::int[])`;
  if ('state' in change) {
    return db.$executeRaw(
      sql`update saved_paper set state = ${change.state}::reading_state where ${which}`,
    );
  }
  if ('addLabel' in change) {
    return db.$executeRaw(sql`
      update saved_paper set labels = array_append(array_remove(labels, ${change.addLabel}), ${change.addLabel})
      where ${which} and cardinality(labels) < ${MOST_LABELS}::int`);
  }
  if ('removeLabel' in change) {
    return db.$executeRaw(sql`
      update saved_paper set labels = array_remove(labels, ${change.removeLabel}) where ${which}`);
  }
  const { to, from } = change;
  return transaction(db, async (tx) => {
    const moved = await tx.$executeRaw(sql`
      insert into shelf_paper (shelf_id, paper_id, reader_id, added_at)
      select h.id, s.paper_id, s.reader_id, ${now} from saved_paper s
      join shelf h on h.reader_id = s.reader_id and h.slug = ${to}
      where s.reader_id = ${readerId} and s.paper_id = any(${[...paperIds]}::int[])
      on conflict do nothing`);
    if (from !== null && from !== to) {
      await tx.$executeRaw(sql`
        delete from shelf_paper e using shelf h
        where e.shelf_id = h.id and h.reader_id = ${readerId} and h.slug = ${from}
          and e.paper_id = any(${[...paperIds]}::int[])
          and exists (select 1 from shelf t where t.reader_id = ${readerId} and t.slug = ${to})`);
    }
    return moved;
  });
}

const MOST_LABELS = 50;

/** Takes papers off a shelf, or with null out of the library. Returns how many left the library. */
export async function removeSaved(
  db: ModelDb,
  actor: Actor,
  paperIds: readonly number[],
  shelf: string | null,
): Promise<number> {
  const readerId = authorise(actor, 'library:write');
  return transaction(db, async (tx) => {
    const before = await tx.savedPaper.count({ where: { readerId } });
    await tx.$executeRaw(sql`
      delete from shelf_paper e using shelf h
      where e.shelf_id = h.id and h.reader_id = ${readerId}
        and (${shelf}::text is null or h.slug = ${shelf})
        and e.paper_id = any(${[...paperIds]}::int[])`);
    await leaveUnshelved(tx, readerId);
    return before - (await tx.savedPaper.count({ where: { readerId } }));
  });
}

/** How a library, or one of its shelves, divides. */
export interface LibraryCounts {
  papers: number;
  states: Readonly<Record<ReadingState, number>>;
  /** The most frequent first. */
  labels: { label: string; papers: number }[];
  noted: number;
  /** Saved in the last seven days. */
  fresh: number;
}

export async function libraryCounts(
  db: ModelDb,
  actor: Actor,
  shelf: string | null,
  now: Date,
): Promise<LibraryCounts> {
  const readerId = authorise(actor, 'library:read');
  const weekAgo = new Date(now.getTime() - 7 * DAY_MS);
  const rows = await db.$queryRaw<{ kind: string; name: string; papers: number }[]>(sql`
    with kept as materialized (
      select s.* from saved_paper s join paper p on p.id = s.paper_id and p.hidden_at is null
      where s.reader_id = ${readerId} and (${shelf}::text is null or exists (
        select 1 from shelf_paper e join shelf h on h.id = e.shelf_id
        where e.reader_id = s.reader_id and e.paper_id = s.paper_id and h.slug = ${shelf}))
    )
    select 'state' as kind, state::text as name, count(*)::int as papers from kept group by 2
    union all select 'label', l, count(*)::int from kept, unnest(labels) as l group by 2
    union all select 'noted', '', count(*)::int from kept where note <> ''
    union all select 'fresh', '', count(*)::int from kept where saved_at >= ${weekAgo}
    order by 1, 3 desc, 2`);
  const of = (kind: string, name = '') =>
    rows.find((row) => row.kind === kind && row.name === name)?.papers ?? 0;
  const states = {
    unread: of('state', 'unread'),
    reading: of('state', 'reading'),
    read: of('state', 'read'),
  };
  return {
    papers: states.unread + states.reading + states.read,
    states,
    labels: rows
      .filter(({ kind }) => kind === 'label')
      .map(({ name: label, papers }) => ({ label, papers })),
    noted: of('noted'),
    fresh: of('fresh'),
  };
}
