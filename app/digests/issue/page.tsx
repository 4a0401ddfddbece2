import type { Metadata } from 'next';
import { IssueSections } from '@/components/subscribers/IssueSections';
import { IssueTopics } from '@/components/subscribers/IssueTopics';
import { LinkProblem } from '@/components/subscribers/LinkProblem';
import { PageHead } from '@/components/ui/PageHead';
import { getDb } from '@/lib/db/client';
import { ownIssue } from '@/lib/digest/issues';
import { contentOf } from '@/lib/digest/store';
import { wordsOf } from '@/lib/digest/words';
import { first, type SearchParams } from '@/lib/http/search-params';
import { env } from '@/lib/runtime/env';
import { holderOf } from '@/lib/subscribers/link-holder';

export const metadata: Metadata = {
  title: 'Your digest',
  robots: { index: false },
  referrer: 'same-origin',
};

/**
 * One reader's own issue, by the link in the mail. People pass that link on, so nothing here leads to
 * what only the reader may do.
 */
export default async function OwnIssue({ searchParams }: { searchParams: SearchParams }) {
  const token = first((await searchParams).token);
  const { secret } = env();
  const holder = await holderOf(getDb(), 'issue', token, { secret, now: new Date() });
  if (!holder.ok) return <LinkProblem problem={holder.problem} />;
  const content = holder.subject && (await contentOf(getDb(), holder.subject, holder.reader.id));
  if (!content) return <LinkProblem problem="gone" />;
  const { heading, summary } = wordsOf(content);
  return (
    <>
      <PageHead title={heading}>
        {summary && `${summary}. `}Upvotes are as of when it was sent.{' '}
        <a className="link" href="/preferences">
          Manage your subscription
        </a>
      </PageHead>
      <IssueSections sections={await ownIssue(getDb(), content)} />
      <IssueTopics topics={content.rising ?? []} />
    </>
  );
}
