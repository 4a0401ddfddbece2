import type { Metadata } from 'next';
import { Column, PageHead } from '@/components/ui/PageHead';

/** Its policy has a nonce, which a page kept from the build lacks. */
export const dynamic = 'force-dynamic';

export const metadata: Metadata = { title: 'Data deleted', robots: { index: false } };

export default function Erased() {
  return (
    <Column>
      <PageHead title="Your data has been deleted">
        Your address, preferences and history are gone. We keep only a fingerprint of the address,
        so that we never email it again. Only the operator of this site can remove it.
      </PageHead>
    </Column>
  );
}
