import type { Metadata } from 'next';
import { Column, PageHead } from '@/components/ui/PageHead';

/** Its policy has a nonce, which a page kept from the build lacks. */
export const dynamic = 'force-dynamic';

export const metadata: Metadata = { title: 'Check your inbox', robots: { index: false } };

/** The same for every address, known or not. */
export default function LinkSent() {
  return (
    <Column>
      <PageHead title="Check your inbox">
        If this address is subscribed, a new link is on its way to it.
      </PageHead>
      <p className="text-base">
        Nothing after a few minutes? Then the address is not subscribed:{' '}
        <a className="link" href="/subscribe">
          subscribe
        </a>
        .
      </p>
    </Column>
  );
}
