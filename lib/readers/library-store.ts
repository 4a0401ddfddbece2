import type { ReadingState } from '@/lib/db/generated/enums';
import { empty, join, type ModelDb, type Sql, sql, transaction } from '@/lib/db/sql';
import { type Actor, authorise } from './actor';
import { FIRST_SHELF, freeSlug, shelfSlug } from './shelf-name';
import { weightsOf } from './vote-store';

/** A reader's library: papers on shelves. A paper is in it as long as it is on a shelf. */

export const STATES = ['unread', 'reading', 'read'] as const satisfies readonly ReadingState[];
export const LONGEST_NOTE = 10_000;
const MOST_SHELVES = 200;

export interface Saved {
  paperId: number;
  note: string;
  labels: string[];
  state: ReadingState;
  savedAt: Date;
  /** Slugs, in the order in which the shelves were made. */
  shelves: string[];
}

export interface ShelfRow {
  id: number;
  slug: string;
  name: string;
  papers: number;
}

export interface SaveRequest {
  paperId: number;
  /** Name or slug; one that is not there is made. */
  shelf?: string | undefined;
  note?: string | undefined;
  state?: ReadingState | undefined;
  labels?: readonly string[] | undefined;
  network: string | null;
}

/**
 * Puts a paper on a shelf, and changes of it what is given. Without a shelf it stays where it is, or goes to the
 * first one. Null of a paper that is not here; `full` where the reader has as many shelves as one may.
 */
export async function savePaper(
  db: ModelDb,
  actor: Actor,
  { paperId, shelf, network, ...changes }: SaveRequest,
  now: Date,
): Promise<Saved | 'full' | null> {
  const readerId = authorise(actor, 'library:write');
  return transaction(db, async (tx) => {
    // Locks the reader, so that two requests at once make one shelf.
    await tx.$executeRaw(sql`select 1 from reader where id = ${readerId} for update`);
    const isSaved = (await tx.savedPaper.count({ where: { readerId, paperId } })) > 0;
    const isHere =
      isSaved || (await tx.paper.count({ where: { id: paperId, hiddenAt: null } })) > 0;
    if (!isHere) return null;
    const name = shelf ?? (isSaved ? null : FIRST_SHELF);
    // Before anything is written: a paper that is on no shelf is in no library.
    const shelfId = name === null ? null : await putShelf(tx, readerId, name, now);
    if (name !== null && shelfId === null) return 'full';
    await addToLibrary(tx, { readerId, paperIds: [paperId], network }, now);
    const { note, state, labels } = changes;
    await tx.savedPaper.update({
      where: { readerId_paperId: { readerId, paperId } },
      data: {
        ...(note !== undefined && { note }),
        ...(state !== undefined && { state }),
        ...(labels !== undefined && { labels: [...labels] }),
      },
    });
    if (shelfId !== null) await putOnShelf(tx, { readerId, paperIds: [paperId], shelfId }, now);
    return (await read(tx, readerId, sql`and s.paper_id = ${paperId}`, empty))[0] ?? null;
  });
}

/** Makes saved papers of those that are here and were none; `putOnShelf` has to follow. */
async function addToLibrary(
  tx: ModelDb,
  from: { readerId: number; paperIds: readonly number[]; network: string | null },
  now: Date,
): Promise<void> {
  const { readerId, network } = from;
  const weights = await weightsOf(tx, 'saved_paper', from, now);
  await tx.$executeRaw(sql`
    insert into saved_paper (reader_id, paper_id, saved_at, network, weight)
    select ${readerId}, p.id, ${now}, ${network}, w.weight
    from unnest(${[...weights.keys()]}::int[], ${[...weights.values()]}::real[]) as w(id, weight)
    join paper p on p.id = w.id and p.hidden_at is null
    on conflict do nothing`);
}

/** Puts those of the papers on a shelf that are in the library. */
async function putOnShelf(
  tx: ModelDb,
  {
    readerId,
    paperIds,
    shelfId,
  }: { readerId: number; paperIds: readonly number[]; shelfId: number },
  now: Date,
): Promise<void> {
  await tx.$executeRaw(sql`
    insert into shelf_paper (shelf_id, paper_id, reader_id, added_at)
    select ${shelfId}, paper_id, reader_id, ${now} from saved_paper
    where reader_id = ${readerId} and paper_id = any(${[...paperIds]}::int[])
    on conflict do nothing`);
}

/** Puts many papers on a shelf, which is made where it is not there; returns how many of them are on it. */
export async function savePapers(
  db: ModelDb,
  actor: Actor,
  {
    paperIds,
    shelf,
    network,
  }: { paperIds: readonly number[]; shelf: string; network: string | null },
  now: Date,
): Promise<number | 'full'> {
  const readerId = authorise(actor, 'library:write');
  if (paperIds.length === 0) return 0;
  return transaction(db, async (tx) => {
    await tx.$executeRaw(sql`select 1 from reader where id = ${readerId} for update`);
    const shelfId = await putShelf(tx, readerId, shelf, now);
    if (shelfId === null) return 'full';
    await addToLibrary(tx, { readerId, paperIds, network }, now);
    await putOnShelf(tx, { readerId, paperIds, shelfId }, now);
    return tx.shelfPaper.count({ where: { shelfId, paperId: { in: [...paperIds] } } });
  });
}

/** The id of the reader's shelf of that name or slug, made where there is none. */
export async function putShelf(
  tx: ModelDb,
  readerId: number,
  name: string,
  now: Date,
): Promise<number | null> {
  const shelves = await tx.shelf.findMany({
    where: { readerId },
    select: { id: true, slug: true, name: true },
  });
  const key = name.toLowerCase();
  const known = shelves.find((each) => each.name.toLowerCase() === key || each.slug === name);
  if (known) return known.id;
  if (shelves.length >= MOST_SHELVES) return null;
  const slug = freeSlug(shelfSlug(name), new Set(shelves.map((each) => each.slug)));
  const made = await tx.shelf.create({ data: { readerId, slug, name, createdAt: now } });
  return made.id;
}

/** Takes a paper off a shelf, or off all; off the last one, its note goes too. True where it was there. */
export async function unsavePaper(
  db: ModelDb,
  actor: Actor,
  { paperId, shelf = null }: { paperId: number; shelf?: string | null },
): Promise<boolean> {
  const readerId = authorise(actor, 'library:write');
  if (shelf === null) {
    return (await db.savedPaper.deleteMany({ where: { readerId, paperId } })).count > 0;
  }
  return transaction(db, async (tx) => {
    const off = await tx.$executeRaw(sql`
      delete from shelf_paper e using shelf h
      where e.shelf_id = h.id and e.paper_id = ${paperId} and h.reader_id = ${readerId}
        and (h.slug = ${shelf} or lower(h.name) = lower(${shelf}))`);
    await tx.$executeRaw(sql`
      delete from saved_paper s where s.reader_id = ${readerId} and s.paper_id = ${paperId}
        and not exists (select 1 from shelf_paper e
          where e.reader_id = s.reader_id and e.paper_id = s.paper_id)`);
    return off > 0;
  });
}

/** Which papers of a library. */
export interface LibraryFilter {
  /** Name or slug. */
  shelf?: string | undefined;
  state?: ReadingState | undefined;
  label?: string | undefined;
  /** Only those with a note. */
  noted?: true | undefined;
}

function conditions({ shelf, state, label, noted }: LibraryFilter): Sql {
  const all = [
    shelf !== undefined &&
      sql`and exists (select 1 from shelf_paper e join shelf h on h.id = e.shelf_id
        where e.reader_id = s.reader_id and e.paper_id = s.paper_id
          and (h.slug = ${shelf} or lower(h.name) = lower(${shelf})))`,
    state !== undefined && sql`and s.state = ${state}::reading_state`,
    label !== undefined && sql`and ${label} = any(s.labels)`,
    noted && sql`and s.note <> ''`,
  ].filter((each) => typeof each === 'object');
  return all.length > 0 ? join(all, ' ') : empty;
}

function read(db: ModelDb, readerId: number, where: Sql, limit: Sql): Promise<Saved[]> {
  return db.$queryRaw<Saved[]>(sql`
    select s.paper_id as "paperId", s.note, s.labels, s.state, s.saved_at as "savedAt",
      array(select h.slug from shelf_paper e join shelf h on h.id = e.shelf_id
        where e.reader_id = s.reader_id and e.paper_id = s.paper_id order by h.id) as shelves
    from saved_paper s join paper p on p.id = s.paper_id and p.hidden_at is null
    where s.reader_id = ${readerId} ${where}
    order by s.saved_at desc, s.paper_id desc ${limit}`);
}

/** After which paper a page begins: when it was saved, and its id. */
export interface LibraryCursor {
  savedAt: Date;
  paperId: number;
}

/** The last saved first. Without a limit, all. */
export function savedPapers(
  db: ModelDb,
  actor: Actor,
  {
    after,
    limit,
    ...filter
  }: LibraryFilter & { after?: LibraryCursor | null; limit?: number } = {},
): Promise<Saved[]> {
  const readerId = authorise(actor, 'library:read');
  const beyond = after
    ? sql`and (s.saved_at, s.paper_id) < (${after.savedAt}, ${after.paperId}::int)`
    : empty;
  const most = limit === undefined ? empty : sql`limit ${limit}::int`;
  return read(db, readerId, join([conditions(filter), beyond], ' '), most);
}

/** What the reader keeps of these papers. */
export async function savedAmong(
  db: ModelDb,
  actor: Actor,
  paperIds: readonly number[],
): Promise<Map<number, Saved>> {
  const readerId = authorise(actor, 'library:read');
  const where = sql`and s.paper_id = any(${[...paperIds]}::int[])`;
  const rows = await read(db, readerId, where, empty);
  return new Map(rows.map((row) => [row.paperId, row]));
}

/** In the order in which they were made. */
export function shelvesOf(db: ModelDb, actor: Actor): Promise<ShelfRow[]> {
  const readerId = authorise(actor, 'library:read');
  return db.$queryRaw<ShelfRow[]>(sql`
    select h.id, h.slug, h.name,
      (select count(*)::int from shelf_paper e where e.shelf_id = h.id) as papers
    from shelf h where h.reader_id = ${readerId} order by h.id`);
}
