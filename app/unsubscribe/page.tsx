import type { Metadata } from 'next';
import { LinkProblem } from '@/components/subscribers/LinkProblem';
import { Button } from '@/components/ui/Button';
import { Column, PageHead } from '@/components/ui/PageHead';
import { getDb } from '@/lib/db/client';
import { first, type SearchParams } from '@/lib/http/search-params';
import { env } from '@/lib/runtime/env';
import { holderOf } from '@/lib/subscribers/link-holder';

export const metadata: Metadata = {
  title: 'Unsubscribe',
  robots: { index: false },
  referrer: 'same-origin',
};

export default async function Unsubscribe({ searchParams }: { searchParams: SearchParams }) {
  const token = first((await searchParams).token);
  const { secret, previousSecret } = env();
  const keys = { secret, previousSecret, now: new Date() };
  const holder = await holderOf(getDb(), 'unsubscribe', token, keys);
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
  return (
    <Column>
      <PageHead title="Unsubscribe">Stop sending digests to {email}?</PageHead>
      <form method="post" action="/unsubscribe/submit">
        <input type="hidden" name="token" value={token} />
        <Button>Unsubscribe</Button>
      </form>
      <p className="mt-5 text-base">
        Would fewer papers, other topics or a pause help? Use the settings link in your email, or{' '}
        <a className="link" href="/preferences">
          request a new one
        </a>
        .
      </p>
    </Column>
  );
}
