import { env } from '@/lib/runtime/env';

/** Where no mail server is set, says where the mail is that a page speaks of; else nothing. */
export function MailKept() {
  if (env().smtpUrl !== null) return null;
  return (
    <p className="mt-4 text-base">
      This site has no mail server yet, so email is kept on the machine it runs on. The link to it
      was printed in the terminal when the site started; <code>npm run cli -- outbox</code> prints
      it again.
    </p>
  );
}
