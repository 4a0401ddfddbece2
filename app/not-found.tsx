import type { Metadata } from 'next';
import { SubscribeFoot } from '@/components/site/SubscribeFoot';
import { PageHead } from '@/components/ui/PageHead';

export const metadata: Metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <>
      <PageHead title="Page not found">
        <p>
          The address may be mistyped, or the paper may have been taken down. Search by title,
          author or arXiv id above, or go back to{' '}
          <a className="link" href="/">
            what is trending
          </a>
          .
        </p>
      </PageHead>
      <SubscribeFoot />
    </>
  );
}
