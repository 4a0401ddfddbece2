import { createVerify, X509Certificate } from 'node:crypto';
import { z } from 'zod';
import { DAY_MS } from '@/lib/calendar/days';
import { readSesNotification } from '../ses-notification';
import {
  parseJson,
  type WebhookContext,
  type WebhookEvent,
  type WebhookPost,
  type WebhookProvider,
} from './provider';

/** Amazon SES by an SNS topic. The secret is the topic's ARN: anybody can have SNS sign a message. */
export const ses: WebhookProvider = { verify, read, confirm };

const envelope = z.object({
  Type: z.enum(['Notification', 'SubscriptionConfirmation', 'UnsubscribeConfirmation']),
  MessageId: z.string(),
  TopicArn: z.string(),
  Message: z.string(),
  Timestamp: z.string(),
  SignatureVersion: z.enum(['1', '2']),
  Signature: z.string(),
  SigningCertURL: z.string(),
  Subject: z.string().optional(),
  SubscribeURL: z.string().optional(),
  Token: z.string().optional(),
});

/** Only Amazon's own servers: the certificate proves nothing when the sender chooses where it lies. */
const CERTIFICATE =
  /^https:\/\/sns\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?\/SimpleNotificationService-[0-9a-f]+\.pem$/;
const SUBSCRIBE =
  /^https:\/\/sns\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?\/\?Action=ConfirmSubscription&/;
const MAX_AGE_MS = DAY_MS;

const certificates = new Map<string, string>();

async function verify({ text }: WebhookPost, context: WebhookContext): Promise<boolean> {
  const parsed = envelope.safeParse(parseJson(text));
  if (!parsed.success) return false;
  const message = parsed.data;
  if (message.TopicArn !== context.secret || !CERTIFICATE.test(message.SigningCertURL))
    return false;
  const age = context.now.getTime() - Date.parse(message.Timestamp);
  if (!(Math.abs(age) < MAX_AGE_MS)) return false;
  const verifier = createVerify(message.SignatureVersion === '1' ? 'RSA-SHA1' : 'RSA-SHA256');
  verifier.update(signedText(message));
  const certificate = await certificateAt(message.SigningCertURL, context);
  const { publicKey, validTo } = new X509Certificate(certificate);
  return (
    Date.parse(validTo) > context.now.getTime() &&
    verifier.verify(publicKey, message.Signature, 'base64')
  );
}

/** https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html */
function signedText(message: z.output<typeof envelope>): string {
  const names =
    message.Type === 'Notification'
      ? (['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'] as const)
      : ([
          'Message',
          'MessageId',
          'SubscribeURL',
          'Timestamp',
          'Token',
          'TopicArn',
          'Type',
        ] as const);
  return names
    .filter((name) => message[name] !== undefined)
    .map((name) => `${name}\n${message[name]}\n`)
    .join('');
}

async function certificateAt(url: string, { fetch }: WebhookContext): Promise<string> {
  const known = certificates.get(url);
  if (known) return known;
  const response = await fetch(url, { signal: AbortSignal.timeout(10_000), redirect: 'error' });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  const certificate = await response.text();
  if (certificates.size >= 10) certificates.clear();
  certificates.set(url, certificate);
  return certificate;
}

async function confirm(json: unknown, { fetch }: WebhookContext): Promise<boolean> {
  const { Type, SubscribeURL } = envelope.parse(json);
  if (Type !== 'SubscriptionConfirmation' || !SubscribeURL || !SUBSCRIBE.test(SubscribeURL)) {
    return false;
  }
  const answer = await fetch(SubscribeURL, {
    signal: AbortSignal.timeout(10_000),
    redirect: 'error',
  });
  return answer.ok;
}

function read(json: unknown): WebhookEvent[] {
  const { Type, MessageId, Message } = envelope.parse(json);
  const mail = Type === 'Notification' ? readSesNotification(parseJson(Message)) : null;
  return mail && mail.kind !== 'other' ? [{ key: MessageId, mail }] : [];
}
