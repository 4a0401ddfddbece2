import { type Db, sql, transaction } from '@/lib/db/sql';
import { addressHash, addressHashes } from './email-address';

const SAMPLE = 20;
const BATCH = 1_000;

interface Hashed {
  id: number;
  emailKey: string;
  addressHash: string;
}

/** Whether the suppression list was made with this key, as far as the latest readers can tell. */
export async function fitsSuppressionKey(db: Db, suppressionKey: string): Promise<boolean> {
  const rows = await db.$queryRaw<Hashed[]>(sql`
    select id, email_key as "emailKey", address_hash as "addressHash" from reader
    order by id desc limit ${SAMPLE}`);
  const fits = ({ emailKey, addressHash: hash }: Hashed) =>
    addressHashes(emailKey, suppressionKey).includes(hash);
  return rows.length === 0 || rows.some(fits);
}

/**
 * Hashes the addresses of all readers anew, in the suppression list too. `void`: how many hashes there are of
 * nobody who is here.
 */
export async function rehashReaders(
  db: Db,
  suppressionKey: string,
): Promise<{ renewed: number; void: number }> {
  let renewed = 0;
  let last = 0;
  for (;;) {
    const rows = await db.$queryRaw<Hashed[]>(sql`
      select id, email_key as "emailKey", address_hash as "addressHash" from reader
      where id > ${last} order by id limit ${BATCH}`);
    if (rows.length === 0) break;
    last = rows.at(-1)!.id;
    const changes = rows
      .map((row) => ({ ...row, hash: addressHash(row.emailKey, suppressionKey) }))
      .filter(({ addressHash: before, hash }) => before !== hash);
    for (const { id, addressHash: before, hash } of changes) {
      await transaction(db, async (tx) => {
        await tx.$executeRaw(sql`
          update suppression set address_hash = ${hash} where address_hash = ${before}
            and not exists (select 1 from suppression s where s.address_hash = ${hash})`);
        await tx.$executeRaw(sql`update reader set address_hash = ${hash} where id = ${id}`);
      });
    }
    renewed += changes.length;
  }
  const [count] = await db.$queryRaw<{ count: number }[]>(sql`
    select count(*)::int as count from suppression x where x.lifted_at is null
      and not exists (select 1 from reader r where r.address_hash = x.address_hash)`);
  return { renewed, void: count!.count };
}
