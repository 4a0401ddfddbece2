import { createVerify, X509Certificate } from 'node:crypto';
import { z } from 'zod';
import { DAY_MS } from '@/lib/calendar/days';
import { readSesNotification } from '../ses-notification';
import {
  parseJson,
  ServiceUnavailable,
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

const CERTIFICATE = /^\/SimpleNotificationService-[0-9a-f]+\.pem$/;

/**
 * Whether an address is on the notification server of the topic's own region, and nowhere else: the
 * certificate proves nothing when the sender chooses where it lies, and `sns.s3.amazonaws.com` is a
 * folder that anybody may have rented.
 */
function isAtSns(url: string, topicArn: string): boolean {
  const [, partition, service, region] = topicArn.split(':');
  if (service !== 'sns' || !/^[a-z]{2}(?:-[a-z]+)+-\d$/.test(region ?? '')) return false;
  const host = `sns.${region}.amazonaws.com${partition === 'aws-cn' ? '.cn' : ''}`;
  return url.startsWith(`https://${host}/`);
}

const pathOf = (url: string) => url.replace(/^https:\/\/[^/]*/, '');
const MAX_AGE_MS = DAY_MS;

const certificates = new Map<string, X509Certificate>();

async function verify({ text }: WebhookPost, context: WebhookContext): Promise<boolean> {
  const parsed = envelope.safeParse(parseJson(text));
  if (!parsed.success) return false;
  const message = parsed.data;
  const { TopicArn, SigningCertURL } = message;
  if (TopicArn !== context.secret || !isAtSns(SigningCertURL, TopicArn)) return false;
  if (!CERTIFICATE.test(pathOf(SigningCertURL))) return false;
  const age = context.now.getTime() - Date.parse(message.Timestamp);
  if (!(Math.abs(age) < MAX_AGE_MS)) return false;
  const verifier = createVerify(message.SignatureVersion === '1' ? 'RSA-SHA1' : 'RSA-SHA256');
  verifier.update(signedText(message));
  const { publicKey, validTo } = await certificateAt(SigningCertURL, context);
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

/** @throws ServiceUnavailable */
async function certificateAt(url: string, context: WebhookContext): Promise<X509Certificate> {
  const known = certificates.get(url);
  if (known) return known;
  const response = await ask(url, context);
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(await response.text());
  } catch (error) {
    throw new ServiceUnavailable(`${url} is no certificate: ${(error as Error).message}`);
  }
  if (certificates.size >= 10) certificates.clear();
  certificates.set(url, certificate);
  return certificate;
}

/** @throws ServiceUnavailable */
async function ask(url: string, { fetch }: WebhookContext): Promise<Response> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(10_000), redirect: 'error' });
    if (answer.ok) return answer;
    throw new Error(`it answered ${answer.status}`);
  } catch (error) {
    throw new ServiceUnavailable(`${url}: ${(error as Error).message}`);
  }
}

async function confirm(json: unknown, context: WebhookContext): Promise<boolean> {
  const { Type, TopicArn, SubscribeURL } = envelope.parse(json);
  if (Type !== 'SubscriptionConfirmation' || !SubscribeURL) return false;
  if (!isAtSns(SubscribeURL, TopicArn)) return false;
  if (!pathOf(SubscribeURL).startsWith('/?Action=ConfirmSubscription&')) return false;
  await ask(SubscribeURL, context);
  return true;
}

function read(json: unknown): WebhookEvent[] {
  const { Type, MessageId, Message } = envelope.parse(json);
  const mail = Type === 'Notification' ? readSesNotification(parseJson(Message)) : null;
  return mail && mail.kind !== 'other' ? [{ key: MessageId, mail }] : [];
}
