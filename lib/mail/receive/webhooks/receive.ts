import type { ModelDb } from '@/lib/db/sql';
import { type Recorded, recordIncoming } from '../record-bounce';
import { mailgun } from './mailgun';
import { postmark } from './postmark';
import { parseJson, type WebhookContext, type WebhookPost, type WebhookProvider } from './provider';
import { sendgrid } from './sendgrid';
import { ses } from './sns';

export const PROVIDERS = { ses, postmark, sendgrid, mailgun } satisfies Record<
  string,
  WebhookProvider
>;
export type ProviderName = keyof typeof PROVIDERS;

export type Received =
  | { status: 'forged' }
  | { status: 'unreadable' }
  | { status: 'confirmed' }
  | { status: 'recorded'; outcomes: Record<Recorded['outcome'], number> };

interface ReceiveContext extends WebhookContext {
  /** Of our Message-IDs. */
  senderDomain: string;
}

/** Checks where a service's post comes from, and acts on what it reports. */
export async function receiveWebhook(
  db: ModelDb,
  name: ProviderName,
  post: WebhookPost,
  context: ReceiveContext,
): Promise<Received> {
  const provider: WebhookProvider = PROVIDERS[name];
  if (!(await provider.verify(post, context))) return { status: 'forged' };
  const json = parseJson(post.text);
  if (json === null) return { status: 'unreadable' };
  if (await provider.confirm?.(json, context)) return { status: 'confirmed' };
  const outcomes = { suppressed: 0, noted: 0, known: 0, ignored: 0 };
  for (const { key, mail } of provider.read(json)) {
    const { senderDomain, now } = context;
    const recorded = await recordIncoming(db, mail, Buffer.from(key), {
      secret: '',
      senderDomain,
      bounceDomain: null,
      now,
      source: name,
    });
    outcomes[recorded.outcome]++;
  }
  return { status: 'recorded', outcomes };
}
