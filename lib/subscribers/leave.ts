import { type ModelDb, transaction } from '@/lib/db/sql';
import { recordConsent, unsubscribe } from './reader-store';
import { holderOf, type LinkHolder } from './sign-up';
import { voidMails } from './transactional-mail-store';
import type { Evidence } from './types';

/** Ends what the reader with this link gets. A second time changes nothing and is as good. */
export async function leave(
  db: ModelDb,
  token: string | null,
  wording: string,
  { evidence, secret, now }: { evidence: Evidence; secret: string; now: Date },
): Promise<LinkHolder> {
  const holder = await holderOf(db, 'unsubscribe', token, { secret, now });
  if (!holder.ok) return holder;
  const { id } = holder.reader;
  await transaction(db, async (tx) => {
    if (!(await unsubscribe(tx, id, now))) return;
    // A confirmation that is still in some inbox must not bring the digest back.
    await voidMails(tx, id, 'confirm', now);
    await recordConsent(tx, id, 'unsubscribed', wording, evidence, now);
  });
  return holder;
}
