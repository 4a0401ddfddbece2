import { renderTransactionalMail } from './transactional';
import type { MailContent, MailSite } from './types';

interface AddressChangeProps {
  site: MailSite;
  /** A page that asks before it changes anything. */
  confirmUrl: string;
  oldAddress: string;
  newAddress: string;
  /** How long the link holds, for example `two days`. */
  validFor: string;
}

/** Goes to the new address: until it confirms, the digest goes to the old one. */
export function addressChangeMail(props: AddressChangeProps): Promise<MailContent> {
  return renderTransactionalMail(props.site, {
    subject: 'Please confirm your new email address',
    heading: 'Confirm your new email address',
    before: [
      `Someone (hopefully you) asked us to send the digest for ${props.oldAddress} to ${props.newAddress} from now on.`,
    ],
    action: { label: 'Review and confirm', url: props.confirmUrl },
    after: [
      `The link works for ${props.validFor}. If this wasn’t you, ignore this email and nothing changes.`,
    ],
  });
}
