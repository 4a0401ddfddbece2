import type { Metadata } from 'next';
import { LinkProblem } from '@/components/subscribers/LinkProblem';
import { Button } from '@/components/ui/Button';
import { Column, PageHead } from '@/components/ui/PageHead';
import { getDb } from '@/lib/db/client';
import { first, type SearchParams } from '@/lib/http/search-params';
import { env } from '@/lib/runtime/env';
import { readerLinks } from '@/lib/subscribers/reader-links';
import { holderOf } from '@/lib/subscribers/sign-up';

export const metadata: Metadata = {
  title: 'Unsubscribe',
  robots: { index: false },
  referrer: 'same-origin',
};

export default async function Unsubscribe({ searchParams }: { searchParams: SearchParams }) {
  const token = first((await searchParams).token);
  const now = new Date();
  const { secret } = env();
  const holder = await holderOf(getDb(), 'unsubscribe', token, { secret, now });
  if (!holder.ok) return <LinkProblem problem={holder.problem} />;
  const { email, status } = holder.reader;
  if (status === 'unsubscribed' || status === 'suppressed') {
    return (
      <Column>
        <PageHead title="You’re unsubscribed">
          We no longer send anything to {email}.{' '}
          <a className="link" href="/subscribe">
            Subscribe again
          </a>
        </PageHead>
      </Column>
    );
  }
  const links = readerLinks(holder.reader, '', secret, now);
  return (
    <Column>
      <PageHead title="Unsubscribe">Stop sending digests to {email}?</PageHead>
      <form method="post" action="/unsubscribe/submit">
        <input type="hidden" name="token" value={token} />
        <Button>Unsubscribe</Button>
      </form>
      <p className="mt-5 text-base">
        Or stay subscribed, but{' '}
        <a className="link" href={links.pause}>
          pause for two weeks
        </a>{' '}
        or{' '}
        <a className="link" href={links.preferences}>
          get fewer papers, less often, or on other tags
        </a>
        .
      </p>
    </Column>
  );
}
