import PostalMime from 'postal-mime';
import type { MailSite } from '@/emails/types';
import type { ModelDb } from '@/lib/db/sql';
import { latestUpvotes } from '@/lib/feed/store';
import { composeDigest } from '@/lib/mail/wire/digest-body';
import type { MailBody } from '@/lib/mail/wire/multipart';
import { getPapers } from '@/lib/papers/store';
import type { DigestSubject, Timetable } from '@/lib/subscribers/preferences';
import { issueName, localPeriod } from '../subscribers/timetable';
import { createComposer, type SearchPapers } from './compose';
import { paperIdsOf, personalDigest, withUpvotes } from './personal-digest';
import { createRenderer } from './prepare';
import { loadRecipients } from './recipient-store';

export type Preview = { subject: string; preheader: string; html: string } | { nothing: string };

/** What the reader would be sent now, made by the very steps that make what is sent. */
export async function preview(
  db: ModelDb,
  subscription: Timetable & { id: number },
  tools: { site: MailSite; search: SearchPapers; subject: DigestSubject | null; now: Date },
): Promise<Preview> {
  const recipient = (await loadRecipients(db, [subscription.id])).get(subscription.id);
  if (!recipient) return { nothing: 'The subscription has ended.' };
  const { now, site, search } = tools;
  const issue = issueName(subscription.cadence, localPeriod(subscription, now));
  const compose = createComposer(db, { now, freeze: false, search });
  const [composition] = await compose([{ recipient, issue }]);
  if (!composition || 'nothing' in composition) return composition ?? { nothing: '' };
  const { content } = composition;
  const ids = [...paperIdsOf(content), ...content.revised.map(({ paperId }) => paperId)];
  const papers = new Map((await getPapers(db, ids)).map((paper) => [paper.id, paper]));
  const rendered = await createRenderer(site)(recipient.cadence, issue, [...papers.keys()], papers);
  // No signed links: whoever sees a preview would have fresh ones of every purpose.
  const page = `${site.url}/preferences`;
  const shown = withUpvotes(content, await latestUpvotes(db, ids, now));
  const personal = personalDigest(shown, papers, {
    subject: tools.subject ?? recipient.subject,
    email: recipient.reader.email,
    links: {
      archive: page,
      preferences: page,
      pause: page,
      unsubscribe: page,
      feedback: `${page}?preview`,
    },
  });
  const { subject, preheader } = personal;
  return { subject, preheader, html: await htmlOf(composeDigest(rendered, personal).body) };
}

/** The HTML part as a mail program shows it. */
async function htmlOf({ contentType, body }: MailBody): Promise<string> {
  const { html } = await PostalMime.parse(`Content-Type: ${contentType}\r\n\r\n${body}`);
  return html ?? '';
}
