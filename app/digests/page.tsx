import type { Metadata } from 'next';
import { SubscribeBox } from '@/components/site/SubscribeBox';
import { PageHead } from '@/components/ui/PageHead';
import { issuePath, latestPeriods } from '@/lib/digest/issues';
import { CADENCES } from '@/lib/subscribers/preferences';
import { issueName } from '@/lib/subscribers/timetable';

export const metadata: Metadata = {
  title: 'Past digests',
  description: 'Every digest that was mailed, on the web.',
};

export const dynamic = 'force-dynamic';

const SHOWN = { daily: 14, weekly: 12, monthly: 12 };
const TITLES = { daily: 'Daily', weekly: 'Weekly', monthly: 'Monthly' };

export default function Digests() {
  const now = new Date();
  return (
    <>
      <PageHead title="Past digests">What readers got, for everybody to read.</PageHead>
      <SubscribeBox />
      <div className="mt-6 grid gap-8 sm:grid-cols-3">
        {CADENCES.map((cadence) => (
          <section key={cadence} aria-labelledby={cadence}>
            <h2 id={cadence} className="mb-2 text-lg">
              {TITLES[cadence]}
            </h2>
            <ul className="text-base">
              {latestPeriods(cadence, now, SHOWN[cadence]).map((period) => (
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
    </>
  );
}
