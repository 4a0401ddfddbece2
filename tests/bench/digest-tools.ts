import type { Db } from '../../lib/db/sql';
import type { DigestTools } from '../../lib/digest/run';
import { searchPapersFor } from '../../lib/digest/saved-search';
import { createMailer } from '../../lib/mail/send/create-mailer';
import { mailSender } from '../../lib/mail/wire/sender';

const SITE = 'https://papers.example.org';

/** What sending needs, as an installation with this mail server and DKIM key would have it. */
export function digestTools(db: Db, smtpUrl: string, dkimKey: string | null): DigestTools {
  const secret = 'a secret for benchmarks only';
  return {
    mailer: createMailer({ smtpUrl, dataDir: '' }),
    sender: mailSender({
      mailFrom: 'Broadsheet <digest@papers.example.org>',
      siteUrl: SITE,
      contactEmail: 'editor@papers.example.org',
      bounceDomain: 'bounces.papers.example.org',
      secret,
      dkimDomain: dkimKey && 'papers.example.org',
      dkimSelector: dkimKey && 'bench',
      dkimPrivateKey: dkimKey,
    }),
    site: { url: SITE, postalAddress: 'Example Society, 1 Main Street, Town' },
    secret,
    throttle: { perSecond: null, perDomainPerSecond: null },
    resendUncertain: false,
    subject: null,
    search: searchPapersFor(db),
  };
}
