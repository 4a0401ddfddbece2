import type { ModelDb } from '@/lib/db/sql';
import { type Recorded, recordIncoming } from '../record-bounce';
import { mailgun } from './mailgun';
import { postmark } from './postmark';
import {
  parseJson,
  ServiceUnavailable,
  type WebhookContext,
  type WebhookPost,
  type WebhookProvider,
} from './provider';
import { sendgrid } from './sendgrid';
import { ses } from './sns';
import { giveTokenBack, spendToken } from './token-store';

export const PROVIDERS = { ses, postmark, sendgrid, mailgun } satisfies Record<
  string,
  WebhookProvider
>;
export type ProviderName = keyof typeof PROVIDERS;

export type Received =
  | { status: 'forged' }
  | { status: 'unreadable' }
  /** The service could not be asked whether the post is its own: it may send it again. */
  | { status: 'unavailable' }
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
  try {
    if (!(await provider.verify(post, context))) return { status: 'forged' };
    const json = parseJson(post.text);
    if (json === null) return { status: 'unreadable' };
    if (await provider.confirm?.(json, context)) return { status: 'confirmed' };
    return await actOnce(db, name, json, context);
  } catch (error) {
    if (!(error instanceof ServiceUnavailable)) throw error;
    console.error(`A post to the webhook ${name} could not be checked: ${error.message}`);
    return { status: 'unavailable' };
  }
}

/** A token that was used before is somebody else's; one whose post failed may come again. */
async function actOnce(
  db: ModelDb,
  name: ProviderName,
  json: unknown,
  context: ReceiveContext,
): Promise<Received> {
  const provider: WebhookProvider = PROVIDERS[name];
  const token = provider.token?.(json);
  if (token === undefined) return act(db, name, json, context);
  if (!(await spendToken(db, token, context.now))) return { status: 'forged' };
  try {
    return await act(db, name, json, context);
  } catch (error) {
    await giveTokenBack(db, token);
    throw error;
  }
}

async function act(
  db: ModelDb,
  name: ProviderName,
  json: unknown,
  context: ReceiveContext,
): Promise<Received> {
  const provider: WebhookProvider = PROVIDERS[name];
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
