import type { Metadata } from 'next';
import { PageHead } from '@/components/ui/PageHead';

export const metadata: Metadata = { title: 'Temporarily unavailable', robots: { index: false } };

/** What lib/server/answer.mjs sends, with status 503, where the database does not answer. Made by the build. */
export default function Unavailable() {
  return (
    <PageHead title="Temporarily unavailable">
      <p>
        Our database is down or too busy. Nothing of yours is lost. Please try again in a minute.
        Pages that were opened recently, such as{' '}
        <a className="link" href="/">
          the front page
        </a>
        , may still work.
      </p>
    </PageHead>
  );
}
