import { renderTransactionalMail } from './transactional';
import type { MailContent, MailSite } from './types';

/** What `mail test` sends: proof that mails leave and arrive. */
export function testMail({ site }: { site: MailSite }): Promise<MailContent> {
  return renderTransactionalMail(site, {
    subject: 'Broadsheet can send email',
    heading: 'It works',
    before: ['This is the test email you requested on the command line.'],
    action: { label: 'Open the site', url: site.url },
    after: [
      'Check this email’s headers: Authentication-Results should say pass for spf, dkim and dmarc.',
    ],
  });
}
