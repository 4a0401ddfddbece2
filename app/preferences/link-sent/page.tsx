import type { Metadata } from 'next';
import { Column, PageHead } from '@/components/ui/PageHead';

/** Its policy has a nonce, which a page kept from the build lacks. */
export const dynamic = 'force-dynamic';

export const metadata: Metadata = { title: 'Look into your inbox', robots: { index: false } };

/** The same for every address, known or not. */
export default function LinkSent() {
  return (
    <Column>
      <PageHead title="Look into your inbox">
        If the address gets the digest, a link that works is on its way to it.
      </PageHead>
      <p className="text-base">
        Nothing after a few minutes? Then it is not subscribed:{' '}
        <a className="link" href="/subscribe">
          subscribe
        </a>
        .
      </p>
    </Column>
  );
}
