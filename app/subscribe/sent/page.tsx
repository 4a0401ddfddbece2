import type { Metadata } from 'next';
import { Column, PageHead } from '@/components/ui/PageHead';

/** Its policy has a nonce, which a page kept from the build lacks. */
export const dynamic = 'force-dynamic';

export const metadata: Metadata = { title: 'Look into your inbox', robots: { index: false } };

/** The same for every address, known or not. */
export default function Sent() {
  return (
    <Column>
      <PageHead title="Look into your inbox">
        A mail is on its way to your address. Open the link in it and press the button there: then
        the digest begins.
      </PageHead>
      <p className="text-base">
        Nothing after a few minutes? Look into the spam folder, check the address, or{' '}
        <a className="link" href="/subscribe">
          try again
        </a>
        . The link works for two days.
      </p>
    </Column>
  );
}
