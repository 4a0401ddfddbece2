import type { Metadata } from 'next';
import { SubscribeFoot } from '@/components/site/SubscribeFoot';
import { EmptyState } from '@/components/ui/EmptyState';
import { PageHead } from '@/components/ui/PageHead';
import { getDb } from '@/lib/db/client';
import { issuePath, madeIssues } from '@/lib/digest/issues';
import { CADENCES } from '@/lib/subscribers/preferences';
import { issueName } from '@/lib/subscribers/timetable';

export const metadata: Metadata = {
  title: 'Past digests',
  description: 'Past issues of the digest, on the web.',
};

export const dynamic = 'force-dynamic';

const SHOWN = { daily: 14, weekly: 12, monthly: 12 };
const TITLES = { daily: 'Daily', weekly: 'Weekly', monthly: 'Monthly' };

export default async function Digests() {
  const issues = await madeIssues(getDb(), new Date());
  const cadences = CADENCES.filter((cadence) => issues[cadence].length > 0);
  return (
    <>
      <PageHead title="Past digests">Every issue we sent, free to read.</PageHead>
      {cadences.length === 0 && (
        <EmptyState title="No issues yet">
          <p>The first issue appears when the first digest is sent.</p>
        </EmptyState>
      )}
      <div className="mt-6 grid gap-8 sm:grid-cols-3">
        {cadences.map((cadence) => (
          <section key={cadence} aria-labelledby={cadence}>
            <h2 id={cadence} className="mb-2 text-lg">
              {TITLES[cadence]}
            </h2>
            <ul className="text-base">
              {issues[cadence].slice(0, SHOWN[cadence]).map((period) => (
                <li key={period}>
                  <a className="link target" href={issuePath(cadence, period)}>
                    {issueName(cadence, period)}
                  </a>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      <SubscribeFoot />
    </>
  );
}
