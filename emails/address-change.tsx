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
    subject: 'Please confirm your new address',
    heading: 'Is this your new address?',
    before: [
      `The digest that goes to ${props.oldAddress} is to come to ${props.newAddress} from now on.`,
    ],
    action: { label: 'Yes, send it here', url: props.confirmUrl },
    after: [
      `The link works for ${props.validFor}. If it was not you, do nothing: then nothing changes.`,
    ],
  });
}
