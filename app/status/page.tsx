import type { Metadata } from 'next';
import { SubscribeFoot } from '@/components/site/SubscribeFoot';
import { PageHead } from '@/components/ui/PageHead';
import { Table } from '@/components/ui/Table';
import { longDayName } from '@/lib/calendar/day-names';
import { getDb } from '@/lib/db/client';
import { type Sample, sampleLoaded } from '@/lib/sources/sample';
import { ago, countsInWords, duration, type Mood } from '@/lib/sources/status/describe';
import {
  catalogueCounts,
  latestRuns,
  type RunReport,
  type SourceReport,
  sourceReports,
} from '@/lib/sources/status/query';

export const metadata: Metadata = {
  title: 'Status',
  description: 'Where the papers come from, and how the sources have been lately.',
  robots: { index: false },
};

export const dynamic = 'force-dynamic';

const RUNS_SHOWN = 20;

export default async function Status() {
  const db = getDb();
  const now = new Date();
  const [sources, sample, runs, { papers, rejected }] = await Promise.all([
    sourceReports(db, now),
    sampleLoaded(db),
    latestRuns(db, RUNS_SHOWN, now),
    catalogueCounts(db),
  ]);
  return (
    <>
      <PageHead title="Status">
        {papers.toLocaleString('en')} papers.
        {rejected > 0 &&
          ` ${rejected.toLocaleString('en')} records could not be read and are waiting for review.`}
      </PageHead>
      <div className="prose">
        <h2>Sources</h2>
        <Table columns={['Source', 'State', 'Details', 'Next poll']}>
          {sources.map((source) => (
            <SourceRow key={source.name} source={source} now={now} />
          ))}
        </Table>

        {sample && <ConnectSources {...sample} />}

        <h2>Latest imports and polls</h2>
        {runs.length === 0 ? (
          <p>Nothing has been imported yet.</p>
        ) : (
          <Table columns={['When', 'What', 'Outcome', 'Papers']}>
            {runs.map((run) => (
              <RunRow key={run.id} run={run} now={now} />
            ))}
          </Table>
        )}
      </div>
      <SubscribeFoot />
    </>
  );
}

/** What an operator does to go on from the sample. */
function ConnectSources({ papers, listedOn }: Sample) {
  return (
    <>
      <h2 id="connect">Connect real sources</h2>
      <p>
        The catalogue holds a sample: {papers} papers of one trending page, listed on{' '}
        {longDayName(listedOn)}, when this site was set up. If you run this site, fill it with the
        daily papers and new arXiv submissions of the last 90 days, the newest first:
      </p>
      <pre>
        <code>npm run cli -- sources on --days 90</code>
      </pre>
      <p>
        Daily papers take about two minutes, arXiv about ten. You can stop it at any time: the same
        command continues where it stopped. Then remove the sample:
      </p>
      <pre>
        <code>npm run cli -- sample remove</code>
      </pre>
    </>
  );
}

const MOODS: Record<Mood, string> = {
  off: 'off',
  good: 'fine',
  waiting: 'waiting',
  late: 'late',
  failing: 'failing',
};

function SourceRow({ source, now }: { source: SourceReport; now: Date }) {
  const { label, mood, words, on, dueAt } = source;
  const due = dueAt && dueAt > now ? `in ${duration(dueAt.getTime() - now.getTime())}` : 'due';
  return (
    <tr>
      <th scope="row">{label}</th>
      <td>{MOODS[mood]}</td>
      <td>{words}</td>
      <td>{on ? due : ''}</td>
    </tr>
  );
}

function RunRow({ run, now }: { run: RunReport; now: Date }) {
  const { source, startedAt, endedAt, outcome, counts } = run;
  const took = endedAt ? `, took ${duration(endedAt.getTime() - startedAt.getTime())}` : '';
  return (
    <tr>
      <th scope="row">
        <time dateTime={startedAt.toISOString()}>{ago(startedAt, now)}</time>
      </th>
      <td>{source}</td>
      <td>{outcome + took}</td>
      <td>{countsInWords(counts)}</td>
    </tr>
  );
}
