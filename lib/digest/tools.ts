import type { Db } from '@/lib/db/sql';
import { withMailTools } from '@/lib/mail/send/mail-tools';
import { env } from '@/lib/runtime/env';
import type { DigestTools } from './run';
import { searchPapersFor } from './saved-search';

/** Lends what sending digests needs, by this installation's settings, and hangs up afterwards. */
export async function withDigestTools<T>(
  db: Db,
  work: (tools: DigestTools) => Promise<T>,
): Promise<T> {
  const { mailPerSecond, mailPerDomain, resendUncertain, digestSubject } = env();
  return withMailTools((tools) =>
    work({
      ...tools,
      throttle: { perSecond: mailPerSecond, perDomainPerSecond: mailPerDomain },
      resendUncertain,
      subject: digestSubject ?? null,
      search: searchPapersFor(db),
    }),
  );
}

/** What showing a digest needs. No mail server is asked for that. */
export function previewTools(db: Db) {
  const { siteUrl, postalAddress, digestSubject } = env();
  return {
    site: { url: siteUrl, postalAddress },
    subject: digestSubject ?? null,
    search: searchPapersFor(db),
  };
}
