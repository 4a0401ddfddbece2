import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { diagnose } from '../diagnose';
import { bareId, isRecent, parseJson, type WebhookEvent, type WebhookProvider } from './provider';

/** Mailgun. The secret is the HTTP webhook signing key; the signature stands in the body. */
export const mailgun: WebhookProvider = {
  async verify({ text }, { secret, now }) {
    const parsed = signed.safeParse(parseJson(text));
    if (!parsed.success) return false;
    const { timestamp, token, signature } = parsed.data.signature;
    if (!isRecent(timestamp, now)) return false;
    const expected = createHmac('sha256', secret)
      .update(timestamp + token)
      .digest();
    const given = Buffer.from(signature, 'hex');
    return given.length === expected.length && timingSafeEqual(given, expected);
  },
  token(json) {
    return `mailgun ${signed.parse(json).signature.token}`;
  },
  read,
};

const signed = z.object({
  signature: z.object({
    timestamp: z.string(),
    token: z.string().min(1),
    signature: z.string(),
  }),
});

const post = z.object({
  'event-data': z.object({
    id: z.string(),
    event: z.string(),
    recipient: z.string(),
    severity: z.string().optional(),
    reason: z.string().optional(),
    message: z
      .object({ headers: z.object({ 'message-id': z.string().optional() }).optional() })
      .optional(),
    'delivery-status': z
      .object({
        message: z.string().nullish(),
        description: z.string().nullish(),
        'enhanced-code': z.string().nullish(),
      })
      .optional(),
  }),
});

function read(json: unknown): WebhookEvent[] {
  const parsed = post.safeParse(json);
  if (!parsed.success) return [];
  const data = parsed.data['event-data'];
  const about = { sentTo: [], messageId: bareId(data.message?.headers?.['message-id']) };
  if (data.event === 'complained') {
    return [{ key: data.id, mail: { ...about, kind: 'complaint', addresses: [data.recipient] } }];
  }
  // A temporary failure is tried again by Mailgun, and ends in a permanent one or in a delivery.
  if (data.event !== 'failed' || data.severity !== 'permanent') return [];
  const status = data['delivery-status'];
  const texts = [status?.message ?? '', status?.description ?? ''];
  const recipient = diagnose(data.recipient, status?.['enhanced-code'] ?? null, texts, false);
  const hard = recipient.hard || data.reason === 'suppress-bounce';
  return [
    { key: data.id, mail: { ...about, kind: 'bounce', recipients: [{ ...recipient, hard }] } },
  ];
}
