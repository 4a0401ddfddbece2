import { renderTransactionalMail } from './transactional';
import type { MailContent, MailSite } from './types';

interface AddressChangedProps {
  site: MailSite;
  /** Of the operator; null where nobody reads mail. */
  contact: string | null;
}

/** Goes to the old address. It does not name the new one: who reads the old mailbox may be somebody else. */
export function addressChangedMail({ site, contact }: AddressChangedProps): Promise<MailContent> {
  return renderTransactionalMail(site, {
    subject: 'Your digest now goes to a different address',
    heading: 'Your digest now goes to a different address',
    before: [
      'The change was requested with a link sent to this address and confirmed at the new one. We no longer send digests here, and links in earlier emails to this address no longer work.',
    ],
    action: { label: 'Subscribe this address again', url: `${site.url}/subscribe` },
    after: [
      contact
        ? `Wasn’t you? Contact ${contact}.`
        : 'Not you? Contact the people who run this site.',
    ],
  });
}
