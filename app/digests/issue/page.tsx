import type { Metadata } from 'next';
import { IssueSections } from '@/components/subscribers/IssueSections';
import { LinkProblem } from '@/components/subscribers/LinkProblem';
import { PageHead } from '@/components/ui/PageHead';
import { getDb } from '@/lib/db/client';
import { ownIssue } from '@/lib/digest/issues';
import { contentOf } from '@/lib/digest/store';
import { env } from '@/lib/env';
import { first, type SearchParams } from '@/lib/http/search-params';
import { readerLinks } from '@/lib/subscribers/links';
import { holderOf } from '@/lib/subscribers/sign-up';

export const metadata: Metadata = {
  title: 'Your digest',
  robots: { index: false },
  referrer: 'same-origin',
};

/** One reader's own issue, by the link in the mail. */
export default async function OwnIssue({ searchParams }: { searchParams: SearchParams }) {
  const token = first((await searchParams).token);
  const now = new Date();
  const { secret } = env();
  const holder = await holderOf(getDb(), 'issue', token, { secret, now });
  if (!holder.ok) return <LinkProblem problem={holder.problem} />;
  const { id: subscriptionId, tokenEpoch } = holder.subscription;
  const content = await contentOf(getDb(), Number(holder.subject), subscriptionId);
  if (!content) return <LinkProblem problem="gone" />;
  const links = readerLinks({ subscriptionId, tokenEpoch }, '', secret, now);
  return (
    <>
      <PageHead title={content.issue}>
        Your digest.{' '}
        <a className="link" href={links.preferences}>
          Change what you get
        </a>
      </PageHead>
      <IssueSections sections={await ownIssue(getDb(), content)} />
    </>
  );
}
