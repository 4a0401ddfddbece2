import type { Metadata } from 'next';
import { connection } from 'next/server';
import { MailKept } from '@/components/subscribers/MailKept';
import { Column, PageHead } from '@/components/ui/PageHead';

/** Its policy has a nonce, which a page kept from the build lacks. */
export const dynamic = 'force-dynamic';

export const metadata: Metadata = { title: 'Check your inbox', robots: { index: false } };

/** The same for every address, known or not. */
export default async function Sent() {
  await connection();
  return (
    <Column>
      <PageHead title="Check your inbox and confirm">
        We’ve sent you an email. Open the link in it and click once to confirm; your first digest
        arrives within minutes.
      </PageHead>
      <p className="text-base">
        No email after a few minutes? Check your spam folder and the address you typed, or{' '}
        <a className="link" href="/subscribe">
          try again
        </a>
        . The link works for two days.
      </p>
      <MailKept />
    </Column>
  );
}
