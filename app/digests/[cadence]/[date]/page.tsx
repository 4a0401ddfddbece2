import type { Metadata } from 'next';
import { notFound, permanentRedirect } from 'next/navigation';
import { SubscribeFoot } from '@/components/site/SubscribeFoot';
import { IssueSections } from '@/components/subscribers/IssueSections';
import { PageHead } from '@/components/ui/PageHead';
import { getDb } from '@/lib/db/client';
import { issuePath, publicIssue, readIssueAddress } from '@/lib/digest/issues';
import { issueName } from '@/lib/subscribers/timetable';

type Params = Promise<{ cadence: string; date: string }>;

const TITLES = { daily: 'Daily digest', weekly: 'Weekly digest', monthly: 'Monthly digest' };

export const dynamic = 'force-dynamic';

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  const { cadence, date } = await params;
  const address = readIssueAddress(cadence, date, new Date());
  return address ? { title: `Digest: ${issueName(address.cadence, address.period)}` } : {};
}

/** A public edition: what a reader without choices of their own was mailed. */
export default async function Issue({ params }: { params: Params }) {
  const { cadence, date } = await params;
  const now = new Date();
  const address = readIssueAddress(cadence, date, now);
  if (!address) notFound();
  const path = issuePath(address.cadence, address.period);
  if (path !== `/digests/${cadence}/${date}`) permanentRedirect(path);
  const issue = await publicIssue(getDb(), address.cadence, address.period, now);
  const { words, papers } = issue;
  const name = issueName(issue.cadence, issue.period);
  return (
    <>
      <PageHead title={words.heading}>
        {TITLES[issue.cadence]}
        {issue.cadence === 'weekly' && `, ${name.toLowerCase()}`}
        {papers.length > 0 && `: ${words.summary}`}.
        {issue.open && ' Still open: more papers may join.'}
      </PageHead>
      {papers.length > 0 ? (
        <IssueSections sections={[{ heading: 'Trending', papers }]} />
      ) : (
        <p className="mt-6 text-base">There were no new papers in this period.</p>
      )}
      <nav aria-label="Other issues" className="mt-6 flex gap-6 text-base">
        <a className="link" href={issuePath(issue.cadence, issue.previous)}>
          {issueName(issue.cadence, issue.previous)}
        </a>
        {issue.next && (
          <a className="link" href={issuePath(issue.cadence, issue.next)}>
            {issueName(issue.cadence, issue.next)}
          </a>
        )}
        <a className="link" href="/digests">
          All issues
        </a>
      </nav>
      <SubscribeFoot />
    </>
  );
}
