import { createHash } from 'node:crypto';
import type { BounceSource } from '@/lib/db/generated/enums';
import { type ModelDb, transaction } from '@/lib/db/sql';
import { suppressReader } from '@/lib/subscribers/suppression-store';
import { readSignedId, readVerpAddress } from '../wire/verp';
import type { IncomingMail } from './incoming';
import {
  findReader,
  findSentMessage,
  recordBounce,
  type SentMessage,
  softBouncesInARow,
} from './store';

/** A mailbox that was full or unreachable for so many digests in a row is given up. */
const SOFT_LIMIT = 5;

export interface BounceContext {
  secret: string;
  /** Of our Message-IDs. */
  senderDomain: string;
  /** Where set, mail bounces to signed addresses, and nothing else is believed. */
  bounceDomain: string | null;
  now: Date;
  /** `mail`, or the provider whose signature was checked. */
  source: BounceSource;
}

/** What was done with a report, in words for the operator. */
export interface Recorded {
  outcome: 'suppressed' | 'noted' | 'known' | 'ignored';
  says: string;
}

/**
 * Acts on a report. Anybody can write one, so it has to prove that it is about a message of ours: by
 * the signed address that it came to, by a mail service's signature, or, where no bounce domain is
 * set, by the code in the Message-ID together with the reader's address.
 */
export async function recordIncoming(
  db: ModelDb,
  mail: IncomingMail,
  bytes: Uint8Array,
  context: BounceContext,
): Promise<Recorded> {
  if (mail.kind === 'auto-reply') return ignored('an automatic answer: the mail arrived');
  if (mail.kind === 'other') return ignored('no report of a failure');
  const { secret, now, source } = context;
  const signed = mail.sentTo.map((address) => readVerpAddress(address, secret)).find(Boolean);
  const claimed = signed ?? claimedMessage(mail, context);
  const found = claimed ? await findSentMessage(db, claimed, now) : null;
  const addresses = (
    mail.kind === 'complaint' ? mail.addresses : mail.recipients.map(({ address }) => address)
  ).map((address) => address.toLowerCase());
  const eventKey = createHash('sha256').update(source).update(bytes).digest('hex');

  let message = found?.message ?? null;
  let sent: SentMessage | null = found;
  if (source === 'mail') {
    if (!claimed) return ignored('it names no message of ours');
    if (!found) return ignored(`${claimed} is not a message of the last 30 days`);
    if (!signed && !addresses.includes(found.emailKey)) {
      return ignored(`it names another address than ${claimed} went to`);
    }
  } else if (!found && addresses[0]) {
    // A service may have put an id of its own on the message: what it says of an address is believed.
    sent = await findReader(db, addresses[0]);
    message = `${source}-${eventKey.slice(0, 12)}`;
  }
  if (!sent || !message) return ignored('no reader has that address');
  const reader = sent;

  // A forwarded mail fails under another address: then the first one tells why.
  const failed =
    mail.kind === 'bounce'
      ? (mail.recipients.find(({ address }) => address.toLowerCase() === reader.emailKey) ??
        mail.recipients[0]!)
      : null;
  const kind = failed === null ? 'complaint' : failed.hard ? 'hard' : 'soft';
  const event = {
    eventKey,
    readerId: reader.readerId,
    message,
    kind,
    reason: failed?.reason ?? 'complaint',
    status: failed?.status ?? null,
    diagnostic: failed?.diagnostic ?? 'reported as spam',
    source,
  } as const;
  return transaction(db, async (tx) => {
    if (!(await recordBounce(tx, event, now))) {
      return { outcome: 'known', says: `${message}: this report was read before` };
    }
    const why = `${event.status ?? ''} ${event.diagnostic}`.trim();
    if (kind === 'soft') {
      const count = await softBouncesInARow(tx, reader.readerId, now);
      if (count < SOFT_LIMIT) {
        return {
          outcome: 'noted',
          says: `${message}: came back for now (${event.reason}): ${why}`,
        };
      }
    }
    const reason = kind === 'complaint' ? 'complaint' : 'hard_bounce';
    const note = kind === 'soft' ? `came back ${SOFT_LIMIT} times in a row: ${why}` : why;
    await suppressReader(tx, reader.readerId, note, now, reason);
    return {
      outcome: 'suppressed',
      says: `${message}: never written to again (${event.reason}): ${note}`,
    };
  });
}

/** The message that a report says it is about, where that is believed. */
function claimedMessage(mail: IncomingMail, context: BounceContext): string | null {
  if (context.source === 'mail' && context.bounceDomain !== null) return null;
  const [id, domain] = (mail.messageId ?? '').split('@');
  if (!id || domain?.toLowerCase() !== context.senderDomain) return null;
  return readSignedId(id, context.secret);
}

function ignored(says: string): Recorded {
  return { outcome: 'ignored', says };
}
