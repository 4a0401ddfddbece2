import type { ModelDb } from '@/lib/db/sql';
import { historyOf } from '@/lib/digest/history-store';
import { eraseReader } from '@/lib/mail/send/erase';
import { type Actor, authoriseAdmin } from '@/lib/readers/actor';
import { addressHashes, parseAddress, type ReaderAddress } from '@/lib/subscribers/email-address';
import { searchReaders } from '@/lib/subscribers/import-store';
import { unsuppress } from '@/lib/subscribers/leave';
import { findReader, personByEmailKey, personById } from '@/lib/subscribers/reader-store';
import { isSuppressed } from '@/lib/subscribers/suppression-store';
import { readReason } from './acts';
import { perform } from './log-store';

/** What an admin sees of readers, and does to them. */

export const MOST_FOUND = 50;
const DELIVERIES = 50;

/** Readers whose address has the text; `suppressed` where the text is an address that gets no mail. */
export async function findReaders(db: ModelDb, actor: Actor, text: string, suppressionKey: string) {
  authoriseAdmin(actor, 'admin:read');
  const found = await searchReaders(db, text.trim(), MOST_FOUND);
  const parsed = parseAddress(text);
  const hashes = parsed.ok ? addressHashes(parsed.address.key, suppressionKey) : [];
  return { found, suppressed: await isSuppressed(db, hashes) };
}

/** A reader with what was sent to them, and what was not, and why; null where there is none. */
export async function readerDetails(db: ModelDb, actor: Actor, id: number, suppressionKey: string) {
  authoriseAdmin(actor, 'admin:read');
  const reader = await personById(db, id);
  if (!reader) return null;
  const key = reader.email.toLowerCase();
  const [subscriber, deliveries, suppressed] = await Promise.all([
    findReader(db, id),
    historyOf(db, key, DELIVERIES),
    isSuppressed(db, addressHashes(key, suppressionKey)),
  ]);
  return { reader, subscription: subscriber?.subscription ?? null, deliveries, suppressed };
}

/** What a reader's own "erase" does. Null where there is nobody at the address. */
export async function removeReader(
  db: ModelDb,
  actor: Actor,
  { address, reason }: { address: ReaderAddress; reason: string },
  { dataDir, now }: { dataDir: string; now: Date },
): Promise<{ id: number } | null> {
  authoriseAdmin(actor, 'admin:write');
  const reader = await personByEmailKey(db, address.key);
  if (!reader) return null;
  const { id } = reader;
  return perform(db, actor, { act: 'reader-remove', readerId: id, reason }, now, async (tx) => {
    if (!(await personById(tx, id))) return null;
    await eraseReader(tx, id, { dataDir, now });
    return { value: { id } };
  });
}

/** Lets mail go to an address again. Null where it was not suppressed. */
export async function liftSuppression(
  db: ModelDb,
  actor: Actor,
  { address, reason }: { address: ReaderAddress; reason: string },
  { suppressionKey, now }: { suppressionKey: string; now: Date },
): Promise<'active' | 'lifted' | null> {
  authoriseAdmin(actor, 'admin:write');
  const reader = await personByEmailKey(db, address.key);
  const deed = {
    act: 'reader-unsuppress',
    reason,
    ...(reader && { readerId: reader.id }),
  } as const;
  return perform(db, actor, deed, now, async (tx) => {
    const hashes = addressHashes(address.key, suppressionKey);
    const value = await unsuppress(tx, { key: address.key, hashes }, readReason(reason), now);
    return value && { value };
  });
}
