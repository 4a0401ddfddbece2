import type { ModelDb } from '@/lib/db/sql';
import { sendTransactionalMails } from '@/lib/mail/transactional/send';
import { forgetUnconfirmed } from '@/lib/subscribers/reader-store';
import { forgetEditions } from './edition-store';
import { type RunOptions, runDigest } from './run';
import { withDigestTools } from './tools';

const DAY = 86_400_000;
/** A sign-up that nobody confirmed is forgotten after so many days. */
const UNCONFIRMED_DAYS = 14;
/** After so many days one edition a day is enough. */
const EDITION_DAYS = 8;

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
  const before = (days: number) => new Date(now.getTime() - days * DAY);
  return {
    unconfirmedForgotten: await forgetUnconfirmed(db, before(UNCONFIRMED_DAYS)),
    editionsForgotten: await forgetEditions(db, before(EDITION_DAYS)),
  };
}
