import type { ReactNode } from 'react';
import { SinceLastVisit } from '@/components/feed/SinceLastVisit';
import { RisingTopics } from '@/components/rising/RisingTopics';
import { SubscribeBox, type SubscribeTo } from '@/components/site/SubscribeBox';
import type { KeptRising } from '@/lib/rising/store';

export interface LatestIssue {
  name: string;
  path: string;
  /** Of its first paper. */
  title: string;
  papers: number;
}

const MOST_TOPICS = 6;

/** Beside a list: what rises, the latest issue, the way to get the list by mail, what is new since last time. */
export function FeedAside({
  notice,
  issue,
  mail,
  rising = null,
}: {
  /** What the reader must know of the catalogue. */
  notice: ReactNode;
  issue: LatestIssue | null;
  mail: SubscribeTo | null;
  rising?: KeptRising | null;
}) {
  return (
    <>
      {notice}
      {rising && <RisingTopics rising={rising} most={MOST_TOPICS} />}
      {issue && (
        <section className="issue" aria-labelledby="latest-issue">
          <h2 id="latest-issue">Latest issue</h2>
          <p className="small">{issue.name}</p>
          <p className="name">
            <a href={issue.path}>{issue.title}</a>
          </p>
          <p className="small">
            {issue.papers > 1 && `and ${issue.papers - 1} more. `}
            <a className="link" href={issue.path}>
              Read it
            </a>
            {' · '}
            <a className="link" href="/digests">
              All issues
            </a>
          </p>
        </section>
      )}
      <SubscribeBox to={mail} />
      <SinceLastVisit />
    </>
  );
}
