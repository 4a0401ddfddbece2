import { type Db, type ModelDb, sql, transaction } from '@/lib/db/sql';
import type { WordEdits } from '@/lib/interests/profile';
import { type Actor, authorise } from '@/lib/readers/actor';

/** What a reader's "for you" looks for: every shelf, and lists of papers that they pasted. */
export interface Interest extends WordEdits {
  /** `shelf:SLUG`, or the number of one that was pasted. */
  key: string;
  name: string;
  /** Slug of the shelf; null of one that was pasted. */
  shelf: string | null;
  papers: number[];
  /** From 0, popular, to 1, like these papers. */
  balance: number;
  /** Whether papers outside the archive that most of these share are wanted too. */
  everywhere: boolean;
  /** When the last of its papers was added. */
  grownAt: Date;
}

export const LONGEST_INTEREST_NAME = 80;
export const MOST_INTERESTS = 50;
/** Words taken in or left out. */
const MOST_EDITS = 200;

/** All interests of a reader, shelves first. */
export function interestsOf(db: ModelDb, actor: Actor): Promise<Interest[]> {
  const readerId = authorise(actor, 'interest:read');
  return db.$queryRaw<Interest[]>(sql`
    select coalesce('shelf:' || h.slug, i.id::text) as key, coalesce(h.name, i.name) as name,
      h.slug as shelf,
      case when h.id is null then i.paper_ids else array(
        select e.paper_id from shelf_paper e where e.shelf_id = h.id order by e.paper_id) end
        as papers,
      coalesce(i.added_words, '{}') as added, coalesce(i.dropped_words, '{}') as dropped,
      coalesce(i.balance, 0.5)::float8 as balance, coalesce(i.everywhere, false) as everywhere,
      coalesce((select max(e.added_at) from shelf_paper e where e.shelf_id = h.id), h.created_at,
        i.created_at) as "grownAt"
    from (select * from shelf where reader_id = ${readerId}::int) h
      full join (select * from interest where reader_id = ${readerId}::int) i
        on i.shelf_id = h.id
    order by h.id, i.id`);
}

/** Which of these readers have papers on a shelf, or a pasted list. Not authorised: it tells nobody anything. */
export async function readersWithInterests(
  db: Db,
  readerIds: readonly number[],
): Promise<Set<number>> {
  const rows = await db.$queryRaw<{ id: number }[]>(sql`
    select reader_id as id from shelf h where reader_id = any(${[...readerIds]}::int[])
      and exists (select 1 from shelf_paper e where e.shelf_id = h.id)
    union select reader_id from interest where reader_id = any(${[...readerIds]}::int[])`);
  return new Set(rows.map(({ id }) => id));
}

/** The papers that a reader saved or voted on: whoever knows them needs no recommendation. */
export async function knownPapers(db: ModelDb, actor: Actor): Promise<number[]> {
  const readerId = authorise(actor, 'interest:read');
  const rows = await db.$queryRaw<{ id: number }[]>(sql`
    select paper_id as id from vote where reader_id = ${readerId}::int
    union select paper_id from saved_paper where reader_id = ${readerId}::int`);
  return rows.map(({ id }) => id);
}

/** Keeps a list of papers as an interest. Null where the reader has as many as one may. */
export async function createInterest(
  db: ModelDb,
  actor: Actor,
  { name, papers }: { name: string; papers: readonly number[] },
  now: Date,
): Promise<Interest | null> {
  const readerId = authorise(actor, 'interest:write');
  const id = await transaction(db, async (tx) => {
    // Locks the reader, so that two requests at once are counted one after the other.
    await tx.$executeRaw(sql`select 1 from reader where id = ${readerId} for update`);
    if ((await tx.interest.count({ where: { readerId } })) >= MOST_INTERESTS) return null;
    const data = { readerId, name, paperIds: [...papers], createdAt: now };
    return (await tx.interest.create({ data })).id;
  });
  if (id === null) return null;
  return (await interestsOf(db, actor)).find(({ key }) => key === String(id)) ?? null;
}

/** What can be changed of an interest; words are stems. */
export interface InterestChange {
  balance?: number;
  everywhere?: boolean;
  /** Words to take in. */
  add?: readonly string[];
  /** A word to leave out. */
  drop?: string;
  /** A word that was taken in or left out, to be as the papers have it. */
  restore?: string;
}

/** False where the reader has no such interest, or changed as many words as one may. */
export async function changeInterest(
  db: ModelDb,
  actor: Actor,
  key: string,
  change: InterestChange,
  now: Date,
): Promise<boolean> {
  const readerId = authorise(actor, 'interest:write');
  return transaction(db, async (tx) => {
    const id = await rowOf(tx, readerId, key, now);
    if (id === null) return false;
    // Locked, so that two changes of words are made one after the other.
    await tx.$executeRaw(sql`select 1 from interest where id = ${id}::int for update`);
    const row = await tx.interest.findUniqueOrThrow({ where: { id } });
    const { add = [], drop, restore, balance, everywhere } = change;
    const touched = new Set([...add, drop, restore]);
    const rest = (words: readonly string[]) => words.filter((word) => !touched.has(word));
    const addedWords = [...rest(row.addedWords), ...new Set(add)];
    const droppedWords = [...rest(row.droppedWords), ...(drop === undefined ? [] : [drop])];
    if (addedWords.length + droppedWords.length > MOST_EDITS) return false;
    await tx.interest.update({
      where: { id },
      data: {
        addedWords,
        droppedWords,
        ...(balance !== undefined && { balance }),
        ...(everywhere !== undefined && { everywhere }),
      },
    });
    return true;
  });
}

/** The row of an interest: of a shelf, made when something of it is changed for the first time. */
async function rowOf(
  tx: ModelDb,
  readerId: number,
  key: string,
  now: Date,
): Promise<number | null> {
  const slug = slugOf(key);
  if (slug === null) {
    const id = numberOf(key);
    const row = id && (await tx.interest.findFirst({ where: { id, readerId, shelfId: null } }));
    return row ? row.id : null;
  }
  await tx.$executeRaw(sql`
    insert into interest (reader_id, shelf_id, name, created_at)
    select reader_id, id, name, ${now} from shelf
    where reader_id = ${readerId}::int and slug = ${slug}
    on conflict (shelf_id) do nothing`);
  const row = await tx.interest.findFirst({ where: { readerId, shelf: { slug, readerId } } });
  return row?.id ?? null;
}

/** Takes back all that the reader changed of an interest. True where there is such an interest. */
export async function resetInterest(db: ModelDb, actor: Actor, key: string): Promise<boolean> {
  const readerId = authorise(actor, 'interest:write');
  const slug = slugOf(key);
  if (slug !== null) {
    await db.interest.deleteMany({ where: { readerId, shelf: { slug, readerId } } });
    return (await db.shelf.count({ where: { readerId, slug } })) > 0;
  }
  const { count } = await db.interest.updateMany({
    where: { id: numberOf(key), readerId, shelfId: null },
    data: { addedWords: [], droppedWords: [], balance: 0.5, everywhere: false },
  });
  return count > 0;
}

/** Deletes a pasted interest; of a shelf, what was changed of it. True where there was one. */
export async function deleteInterest(db: ModelDb, actor: Actor, key: string): Promise<boolean> {
  if (slugOf(key) !== null) return resetInterest(db, actor, key);
  const readerId = authorise(actor, 'interest:write');
  const { count } = await db.interest.deleteMany({
    where: { id: numberOf(key), readerId, shelfId: null },
  });
  return count > 0;
}

const slugOf = (key: string) => /^shelf:([a-z0-9-]{1,80})$/.exec(key)?.[1] ?? null;
/** 0 is nobody's. */
const numberOf = (key: string) => (/^\d{1,9}$/.test(key) ? Number(key) : 0);
