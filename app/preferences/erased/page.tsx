import type { Metadata } from 'next';
import { Column, PageHead } from '@/components/ui/PageHead';

/** Its policy has a nonce, which a page kept from the build lacks. */
export const dynamic = 'force-dynamic';

export const metadata: Metadata = { title: 'Erased', robots: { index: false } };

export default function Erased() {
  return (
    <Column>
      <PageHead title="Erased">
        Your address, choices and history are gone. All that remains is a fingerprint of the
        address, so that we never write to it again. Only the operator of this site can remove that.
      </PageHead>
    </Column>
  );
}
