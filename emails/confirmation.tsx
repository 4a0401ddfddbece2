import { renderTransactionalMail } from './transactional';
import type { MailContent, MailSite } from './types';

interface ConfirmationProps {
  site: MailSite;
  /** A page that asks before it confirms. */
  confirmUrl: string;
  /** What was asked for, for example `every Monday at 08:00 (Europe/Berlin)`. */
  schedule: string;
  /** How long the link holds, for example `two days`. */
  validFor: string;
}

/** Double opt-in: nothing is sent to an address until its owner says yes. */
export function confirmationMail(props: ConfirmationProps): Promise<MailContent> {
  return renderTransactionalMail(props.site, {
    subject: 'Please confirm: trending papers by mail',
    heading: 'One click, and it begins',
    before: [
      `Somebody, hopefully you, asked for trending research papers by mail, ${props.schedule}.`,
    ],
    action: { label: 'Yes, send me the digest', url: props.confirmUrl },
    after: [
      `The link works for ${props.validFor}. If it was not you, do nothing: without a click this address gets no digest.`,
    ],
  });
}
