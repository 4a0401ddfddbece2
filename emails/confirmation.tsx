import { renderTransactionalMail } from './transactional';
import type { MailContent, MailSite } from './types';

interface ConfirmationProps {
  site: MailSite;
  /** A page that asks before it confirms. */
  confirmUrl: string;
  /** What was chosen, such as `Topics` and `PEFT or LoRA`. */
  choices: readonly { label: string; value: string }[];
  /** False for a reader who had digests before, and may have had this week's. */
  isFirst: boolean;
  /** How long the link holds, for example `two days`. */
  validFor: string;
}

/** Double opt-in: nothing is sent to an address until its owner says yes. */
export function confirmationMail(props: ConfirmationProps): Promise<MailContent> {
  return renderTransactionalMail(props.site, {
    subject: 'Please confirm your subscription to trending papers',
    heading: 'Confirm your subscription',
    before: ['Someone (hopefully you) asked us to send trending research papers to this address:'],
    facts: props.choices,
    action: { label: 'Review and confirm', url: props.confirmUrl },
    after: [
      `It takes one click on the page that opens. ${props.isFirst ? 'Your first digest then arrives within minutes, and you' : 'You'} can change everything later.`,
      `The link works for ${props.validFor}. If this wasn’t you, ignore this email: you won’t be subscribed.`,
    ],
  });
}
