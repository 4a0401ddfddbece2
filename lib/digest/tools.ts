import type { Db } from '@/lib/db/sql';
import { createMailer } from '@/lib/mail/send/create-mailer';
import { mailSender } from '@/lib/mail/send/sender';
import type { TransactionalMailTools } from '@/lib/mail/transactional/send';
import { env } from '@/lib/runtime/env';
import type { DigestTools } from './run';
import { searchPapersFor } from './saved-search';

/** Lends what sending needs, by this installation's settings, and hangs up afterwards. */
export async function withDigestTools<T>(
  db: Db,
  work: (tools: DigestTools & TransactionalMailTools) => Promise<T>,
): Promise<T> {
  const settings = env();
  const mailer = createMailer(settings);
  try {
    return await work({
      mailer,
      sender: mailSender(settings),
      site: { url: settings.siteUrl, postalAddress: settings.postalAddress },
      secret: settings.secret,
      throttle: {
        perSecond: settings.mailPerSecond,
        perDomainPerSecond: settings.mailPerDomain,
      },
      resendUncertain: settings.resendUncertain,
      search: searchPapersFor(db),
    });
  } finally {
    await mailer.close();
  }
}
