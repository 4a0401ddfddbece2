import { type ModelDb, sql } from '@/lib/db/sql';
import { signToken, verifyToken } from '@/lib/subscribers/link-tokens';
import type { Shelf } from './shelf-store';

/** Signed as of one moment, so that a shelf has one address. */
const SIGNED_AT = new Date(0);

/** What opens a shelf to whoever has the address: as a file, always; as a page, while it is shared. */
type ShelfPurpose = 'shelf' | 'shelf-file';

export function shelfToken(
  purpose: ShelfPurpose,
  { key, linkEpoch }: Pick<Shelf, 'key' | 'linkEpoch'>,
  secret: string,
): string {
  return signToken(purpose, { readerKey: key, epoch: linkEpoch }, SIGNED_AT, secret);
}

/** A shelf that somebody opened by its address, and whose it is. */
export interface OpenedShelf {
  readerId: number;
  slug: string;
  name: string;
}

/** Null where the address is none, was renewed, or the shelf is not shared any more. */
export async function shelfByToken(
  db: ModelDb,
  purpose: ShelfPurpose,
  token: string,
  secret: string,
  now: Date,
): Promise<OpenedShelf | null> {
  const read = verifyToken(purpose, token, now, secret);
  if (!read.ok) return null;
  const { readerKey: key, epoch: linkEpoch } = read.payload;
  return db.shelf.findFirst({
    where: { key, linkEpoch, ...(purpose === 'shelf' && { sharedAt: { not: null } }) },
    select: { readerId: true, slug: true, name: true },
  });
}

/** The papers on a shelf that was opened, the last added first: nothing that its reader wrote beside them. */
export async function papersOnShelf(
  db: ModelDb,
  { readerId, slug }: OpenedShelf,
  most: number,
): Promise<number[]> {
  const rows = await db.$queryRaw<{ id: number }[]>(sql`
    select e.paper_id as id from shelf_paper e
    join shelf h on h.id = e.shelf_id and h.reader_id = ${readerId} and h.slug = ${slug}
    join paper p on p.id = e.paper_id and p.hidden_at is null
    order by e.added_at desc, e.paper_id desc limit ${most}::int`);
  return rows.map(({ id }) => id);
}
