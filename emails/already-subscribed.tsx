import { renderTransactionalMail } from './transactional';
import type { MailContent, MailSite } from './types';

interface AlreadySubscribedProps {
  site: MailSite;
  preferencesUrl: string;
  unsubscribeUrl: string;
}

/** For a sign-up with an address that gets the digest already; the web page must not tell. */
export function alreadySubscribedMail(props: AlreadySubscribedProps): Promise<MailContent> {
  return renderTransactionalMail(props.site, {
    subject: 'You are already subscribed',
    heading: 'You are already subscribed',
    before: [
      'Someone (hopefully you) asked for trending papers or a new link at this address. It’s already subscribed, and nothing has changed.',
    ],
    action: { label: 'Manage your subscription', url: props.preferencesUrl },
    after: [`To unsubscribe: ${props.unsubscribeUrl}`],
  });
}
