import { type ModelDb, transaction } from '@/lib/db/sql';
import { holderOf, type LinkHolder, type LinkKeys } from './link-holder';
import {
  findReader,
  personByEmailKey,
  recordConsent,
  resumeSuppressed,
  unsubscribe,
} from './reader-store';
import { liftSuppression } from './suppression-store';
import { nextRun } from './timetable';
import { voidMails } from './transactional-mail-store';
import type { Evidence } from './types';

/** Ends what the reader with this link gets. A second time changes nothing and is as good. */
export async function leave(
  db: ModelDb,
  token: string | null,
  wording: string,
  { evidence, ...keys }: LinkKeys & { evidence: Evidence },
): Promise<LinkHolder> {
  const holder = await holderOf(db, 'unsubscribe', token, keys);
  if (!holder.ok) return holder;
  const { id } = holder.reader;
  const { now } = keys;
  await transaction(db, async (tx) => {
    if (!(await unsubscribe(tx, id, now))) return;
    // A confirmation that is still in some inbox must not bring the digest back.
    await voidMails(tx, id, 'confirm', now);
    await recordConsent(tx, id, 'unsubscribed', wording, evidence, now);
  });
  return holder;
}

/**
 * The operator lets mail go to an address again. A reader whose mail only came back goes on; who complained
 * or had themselves erased has to sign up. Null where the address was not suppressed.
 */
export async function unsuppress(
  db: ModelDb,
  { key, hashes }: { key: string; hashes: readonly string[] },
  why: string,
  now: Date,
): Promise<'active' | 'lifted' | null> {
  return transaction(db, async (tx) => {
    const reason = await liftSuppression(tx, hashes, why, now);
    if (reason === null) return null;
    const person = await personByEmailKey(tx, key);
    if (person?.status !== 'suppressed') return 'lifted';
    const { id } = person;
    const found = reason === 'hard_bounce' ? await findReader(tx, id) : null;
    const next = found && nextRun(found.subscription, now);
    const active = await resumeSuppressed(tx, id, next);
    const wording = `The operator lifted the suppression: ${why}`;
    await recordConsent(tx, id, 'unsuppressed', wording, { ip: null, userAgent: null }, now);
    return active ? 'active' : 'lifted';
  });
}
