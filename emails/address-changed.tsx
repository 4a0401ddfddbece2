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
    subject: 'The digest goes to another address now',
    heading: 'The digest goes to another address now',
    before: [
      'It was asked for by a link that was mailed to this address, and confirmed at the new one. No more digests come here, and links in mails to this address have stopped working.',
    ],
    action: { label: 'Subscribe this address again', url: `${site.url}/subscribe` },
    after: [
      contact
        ? `It was not you? Write to ${contact}.`
        : 'It was not you? Write to whoever runs this site.',
    ],
  });
}
