import { renderTransactionalMail } from './transactional';
import type { MailContent, MailSite } from './types';

interface SignInProps {
  site: MailSite;
  /** A page that asks before it signs in, and does so only in the browser that asked. */
  url: string;
  /** Six digits, for another device. */
  code: string;
  /** How long both hold, for example `15 minutes`. */
  validFor: string;
}

export function signInMail({ site, url, code, validFor }: SignInProps): Promise<MailContent> {
  return renderTransactionalMail(site, {
    subject: 'Your link to sign in',
    heading: 'Sign in',
    before: [
      'Someone (hopefully you) asked to sign in with this address. Type this code on the page where you asked:',
    ],
    facts: [{ label: 'Code', value: code }],
    action: { label: 'Sign in', url },
    after: [
      `Or use the link, in the browser where you asked. Code and link work once, for ${validFor}.`,
      'If this wasn’t you, ignore this email: nobody can sign in without it. Please don’t forward it, or tell anybody the code.',
    ],
  });
}
