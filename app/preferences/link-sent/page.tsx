import type { Metadata } from 'next';
import { MailKept } from '@/components/subscribers/MailKept';
import { Column, PageHead } from '@/components/ui/PageHead';

/** Its policy has a nonce, which a page kept from the build lacks. */
export const dynamic = 'force-dynamic';

export const metadata: Metadata = { title: 'Check your inbox', robots: { index: false } };

/** The same for every address, known or not. */
export default function LinkSent() {
  return (
    <Column>
      <PageHead title="Check your inbox">
        If this address is subscribed, we’ve sent it a new link.
      </PageHead>
      <p className="text-base">
        No email after a few minutes? Then this address isn’t subscribed.{' '}
        <a className="link" href="/subscribe">
          Subscribe
        </a>
      </p>
      <MailKept />
    </Column>
  );
}
