import { type ModelDb, transaction } from '@/lib/db/sql';
import { allow, type Limit } from '@/lib/http/rate-limit';
import { addressHash, addressHashes, parseAddress, type ReaderAddress } from './email-address';
import { type LinkPerson, pendingAddress } from './link-holder';
import { moveAddress, personById, recordConsent } from './reader-store';
import { type Asking, mayMail } from './sign-up';
import { isSuppressed } from './suppression-store';
import { oweMail, voidMails } from './transactional-mail-store';
import type { Reader } from './types';

/**
 * What only the owner of the mailbox may do. The links of digests are passed on, so each of these needs a
 * link that was mailed just then, for it alone.
 */
const OWNER_TASKS = ['move', 'export', 'erase'] as const;
export type OwnerTask = (typeof OWNER_TASKS)[number];

export function isOwnerTask(name: string): name is OwnerTask {
  return OWNER_TASKS.some((task) => task === name);
}

/** Strangers cannot use it up: it is asked for by a link from a digest. */
const PER_READER: Limit = { limit: 3, windowSeconds: 6 * 3600 };

/** Mails the reader a link for the task. False when too many of these mails went there lately. */
export async function askForTask(
  db: ModelDb,
  reader: Reader,
  task: OwnerTask,
  { secret, now }: { secret: string; now: Date },
): Promise<boolean> {
  if (!(await allow(db, `own:${reader.id}`, PER_READER, now))) return false;
  await oweMail(db, { reader, kind: task, email: reader.email }, secret, now);
  return true;
}

/** Owes a confirmation to a new address; until it comes back nothing changes. */
export async function askForAddress(
  db: ModelDb,
  reader: Reader,
  address: ReaderAddress,
  { evidence, secret, suppressionKey, now }: Asking,
): Promise<void> {
  if (!(await mayMail(db, address, now))) return;
  if (await isSuppressed(db, addressHashes(address.key, suppressionKey))) return;
  await transaction(db, async (tx) => {
    await voidMails(tx, reader.id, 'change_address', now);
    await oweMail(tx, { reader, kind: 'change_address', email: address.email }, secret, now);
    const wording = 'Asked for the digest at another address';
    await recordConsent(tx, reader.id, 'address_requested', wording, evidence, now);
  });
}

/** The button of the page that the new address was sent. The old one is told. */
export async function confirmAddress(
  db: ModelDb,
  token: string | null,
  { evidence, secret, suppressionKey, now }: Asking,
): Promise<LinkPerson> {
  return transaction(db, async (tx) => {
    const pending = await pendingAddress(tx, token, { secret, now });
    if (!pending.ok) return pending;
    const { reader } = pending;
    const parsed = parseAddress(pending.mail.email);
    if (!parsed.ok) return { ok: false, problem: 'invalid' };
    const { address } = parsed;
    if (!(await voidMails(tx, reader.id, 'change_address', now)))
      return { ok: false, problem: 'used' };
    const hash = addressHash(address.key, suppressionKey);
    if (!(await moveAddress(tx, reader.id, address, hash))) return { ok: false, problem: 'gone' };
    await oweMail(tx, { reader, kind: 'address_changed', email: reader.email }, secret, now);
    const wording = 'Confirmed the new address';
    await recordConsent(tx, reader.id, 'address_changed', wording, evidence, now);
    return { ok: true, reader: (await personById(tx, reader.id))!, subject: null };
  });
}
