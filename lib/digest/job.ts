import { DAY_MS } from '@/lib/calendar/days';
import type { ModelDb } from '@/lib/db/sql';
import { forgetTokens } from '@/lib/mail/receive/webhooks/token-store';
import { forgetOutbox } from '@/lib/mail/send/outbox';
import { sendTransactionalMails } from '@/lib/mail/transactional/send';
import { env } from '@/lib/runtime/env';
import { forgetUnconfirmed } from '@/lib/subscribers/reader-store';
import { forgetEditions } from './edition-store';
import { type RunOptions, runDigest } from './run';
import { withDigestTools } from './tools';

/** A sign-up that nobody confirmed is forgotten after so many days. */
const UNCONFIRMED_DAYS = 14;
/** After so many days one edition a day is enough. */
const EDITION_DAYS = 8;
/** Mails are kept in the outbox for so many days. */
const OUTBOX_DAYS = 30;
/** A service's token is refused as too old long before. */
const WEBHOOK_TOKEN_DAYS = 3;

/** Everything that is owed by mail: transactional mails first, somebody is waiting for them. */
export async function sendMail(db: ModelDb, options: RunOptions) {
  return withDigestTools(db, async (tools) => {
    const started = Date.now();
    const transactional = await sendTransactionalMails(db, tools, options);
    const budgetMs = Math.max(1, options.budgetMs - (Date.now() - started));
    const report = await runDigest(db, tools, { ...options, budgetMs });
    return { ...report, transactional };
  });
}

/** Forgets what is not needed any more. */
export async function forgetOldMail(db: ModelDb, now: Date) {
  const before = (days: number) => new Date(now.getTime() - days * DAY_MS);
  return {
    unconfirmedForgotten: await forgetUnconfirmed(db, before(UNCONFIRMED_DAYS)),
    editionsForgotten: await forgetEditions(db, before(EDITION_DAYS)),
    outboxForgotten: await forgetOutbox(env().dataDir, before(OUTBOX_DAYS)),
    webhookTokensForgotten: await forgetTokens(db, before(WEBHOOK_TOKEN_DAYS)),
  };
}
