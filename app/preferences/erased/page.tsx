import type { Metadata } from 'next';
import { Column, PageHead } from '@/components/ui/PageHead';

/** Its policy has a nonce, which a page kept from the build lacks. */
export const dynamic = 'force-dynamic';

export const metadata: Metadata = { title: 'Erased', robots: { index: false } };

export default function Erased() {
  return (
    <Column>
      <PageHead title="Erased">
        Your address, choices and history are gone. What stays is a fingerprint that keeps us from
        ever writing to the address again; only the operator of this site can lift that.
      </PageHead>
    </Column>
  );
}
