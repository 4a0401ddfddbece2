import { createPublicKey, verify } from 'node:crypto';
import { z } from 'zod';
import { diagnose } from '../diagnose';
import type { IncomingMail } from '../incoming';
import { bareId, isRecent, type WebhookEvent, type WebhookProvider } from './provider';

/** Twilio SendGrid. The secret is the verification key that it shows for the signed event webhook. */
export const sendgrid: WebhookProvider = {
  async verify({ headers, text }, { secret, now }) {
    const signature = headers.get('x-twilio-email-event-webhook-signature');
    const timestamp = headers.get('x-twilio-email-event-webhook-timestamp');
    if (!signature || !isRecent(timestamp, now)) return false;
    const key = createPublicKey({
      key: Buffer.from(secret, 'base64'),
      format: 'der',
      type: 'spki',
    });
    return verify('sha256', Buffer.from(timestamp + text), key, Buffer.from(signature, 'base64'));
  },
  read(json) {
    const events = z.array(z.unknown()).safeParse(json);
    return events.success ? events.data.flatMap(readEvent) : [];
  },
};

const event = z.object({
  event: z.string(),
  email: z.string(),
  sg_event_id: z.string(),
  'smtp-id': z.string().optional(),
  type: z.string().optional(),
  reason: z.string().optional(),
  status: z.string().optional(),
});

function readEvent(json: unknown): WebhookEvent[] {
  const parsed = event.safeParse(json);
  if (!parsed.success) return [];
  const { email, type, reason = '', status, sg_event_id: key, ...rest } = parsed.data;
  const about = { sentTo: [], messageId: bareId(rest['smtp-id']) };
  const one = (mail: IncomingMail): WebhookEvent[] => [{ key, mail }];
  const complaint: IncomingMail = { ...about, kind: 'complaint', addresses: [email] };
  const recipient = diagnose(email, status ?? null, [reason], false);
  switch (rest.event) {
    case 'spamreport':
      return one(complaint);
    case 'dropped':
      // It sends no more to whom it has on its own lists.
      if (/^spam reporting address/i.test(reason)) return one(complaint);
      if (!/^(?:bounced|invalid) address|^invalid$/i.test(reason)) return [];
      return one({ ...about, kind: 'bounce', recipients: [{ ...recipient, hard: true }] });
    case 'bounce':
      // "blocked" is about us; a bounce that says no more is one that it will not try again.
      return one({
        ...about,
        kind: 'bounce',
        recipients: [
          {
            ...recipient,
            hard: type !== 'blocked' && (recipient.hard || recipient.reason === 'unspecified'),
          },
        ],
      });
    default:
      return [];
  }
}
