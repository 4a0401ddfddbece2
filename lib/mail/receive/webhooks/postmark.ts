import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { diagnose } from '../diagnose';
import type { WebhookEvent, WebhookPost, WebhookProvider } from './provider';

/**
 * Postmark signs nothing: it logs in, by user and password in the webhook's address
 * (`https://broadsheet:SECRET@…`).
 */
export const postmark: WebhookProvider = {
  async verify({ headers }: WebhookPost, { secret }) {
    const [, encoded = ''] = /^Basic\s+(\S+)$/i.exec(headers.get('authorization') ?? '') ?? [];
    const given = Buffer.from(encoded, 'base64')
      .toString()
      .replace(/^[^:]*:/, '');
    const digest = (text: string) => createHash('sha256').update(text).digest();
    return timingSafeEqual(digest(given), digest(secret));
  },
  read,
};

const event = z.object({
  RecordType: z.string(),
  ID: z.union([z.number(), z.string()]),
  Type: z.string().optional(),
  Email: z.string(),
  Description: z.string().optional(),
  Details: z.string().optional(),
});

/** https://postmarkapp.com/developer/api/bounce-api#bounce-types */
const HARD = new Set(['HardBounce', 'BadEmailAddress', 'ManuallyDeactivated']);
const NO_FAILURE = new Set([
  'AutoResponder',
  'Subscribe',
  'Unsubscribe',
  'ChallengeVerification',
  'OpenRelayTest',
]);

function read(json: unknown): WebhookEvent[] {
  const parsed = event.safeParse(json);
  if (!parsed.success) return [];
  const { RecordType, ID, Type = '', Email, Description = '', Details = '' } = parsed.data;
  // Its own Message-ID replaces ours, so the address has to tell whom it is about.
  const about = { sentTo: [], messageId: null };
  const key = `${RecordType}-${ID}`;
  if (RecordType === 'SpamComplaint' || Type === 'SpamComplaint') {
    return [{ key, mail: { ...about, kind: 'complaint', addresses: [Email] } }];
  }
  if (RecordType !== 'Bounce' || NO_FAILURE.has(Type)) return [];
  const recipient = diagnose(Email, null, [Details, Description], false);
  return [
    {
      key,
      mail: { ...about, kind: 'bounce', recipients: [{ ...recipient, hard: HARD.has(Type) }] },
    },
  ];
}
