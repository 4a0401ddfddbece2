import type { Db } from '@/lib/db/sql';
import { env } from '@/lib/env';
import { mailSender } from '@/lib/mail/sender';
import { createMailer } from '@/lib/mail/transport';
import type { LetterTools } from '@/lib/subscribers/letters';
import type { DigestTools } from './run';
import { searchPapersFor } from './search';

/** Lends what sending needs, by this installation's settings, and hangs up afterwards. */
export async function withDigestTools<T>(
  db: Db,
  work: (tools: DigestTools & LetterTools) => Promise<T>,
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
