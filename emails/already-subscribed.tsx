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
    subject: 'You already get the digest',
    heading: 'You already get the digest',
    before: [
      'Somebody, hopefully you, asked again for trending papers at this address. It is subscribed already, and nothing has changed.',
    ],
    action: { label: 'See or change what you get', url: props.preferencesUrl },
    after: [`To stop it instead: ${props.unsubscribeUrl}`],
  });
}
