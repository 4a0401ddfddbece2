import type { Metadata } from 'next';
import { PageHead } from '@/components/ui/PageHead';

export const metadata: Metadata = { title: 'Not at the moment', robots: { index: false } };

/** What lib/server/answer.mjs sends, with status 503, where the database does not answer. Made by the build. */
export default function Unavailable() {
  return (
    <PageHead title="This page cannot be made at the moment">
      <p>
        Our database does not answer, or is too busy. Nothing of yours is lost. It is often over in
        a minute: please load the page again then. Pages that were read a short while ago, such as{' '}
        <a className="link" href="/">
          the front page
        </a>
        , may still be there.
      </p>
    </PageHead>
  );
}
