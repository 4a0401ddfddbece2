import type { Metadata } from 'next';
import { connection } from 'next/server';
import { Column, PageHead } from '@/components/ui/PageHead';
import { env } from '@/lib/runtime/env';

/** Its policy has a nonce, which a page kept from the build lacks. */
export const dynamic = 'force-dynamic';

export const metadata: Metadata = { title: 'Check your inbox', robots: { index: false } };

/** The same for every address, known or not. */
export default async function Sent() {
  await connection();
  return (
    <Column>
      <PageHead title="Check your inbox and confirm">
        We have sent you an email. Open the link in it and confirm: your digest starts then.
      </PageHead>
      <p className="text-base">
        Nothing after a few minutes? Check your spam folder and the address, or{' '}
        <a className="link" href="/subscribe">
          try again
        </a>
        . The link works for two days.
      </p>
      {env().smtpUrl === null && (
        <p className="mt-4 text-base">
          No mail server is set here, so the mail stays in the outbox. The terminal where the site
          was started says the link to it; <code>npm run cli -- outbox</code> says it again.
        </p>
      )}
    </Column>
  );
}
