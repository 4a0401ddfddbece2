import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { AdminFrame } from '@/app/admin/AdminFrame';
import { adminSession } from '@/app/admin/admin-session';
import { DayChart } from '@/app/admin/DayChart';
import { Table } from '@/components/ui/Table';
import { DIGEST_DAYS, type JobRow, type Overview, overview } from '@/lib/admin/overview';
import { getDb } from '@/lib/db/client';
import type { Finding } from '@/lib/doctor/finding';
import { env } from '@/lib/runtime/env';
import { ago, duration } from '@/lib/sources/status/describe';

export const metadata: Metadata = { title: 'Admin', robots: { index: false } };

const figure = (count: number) => count.toLocaleString('en');
const megabytes = (bytes: number) => `${figure(Math.ceil(bytes / 1_000_000))} MB`;

/** How the site is: digests, sources, jobs, database and disk. */
export default async function Admin() {
  const now = new Date();
  const actor = await adminSession(now);
  const found = await overview(getDb(), actor, env(), now);
  return (
    <AdminFrame page="/admin" title="Overview">
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-12 lg:grid-cols-2">
        <Part id="digests" title="Digests">
          <Digests {...found} now={now} />
        </Part>
        <Part id="catalogue" title="Papers">
          <DayChart
            title="Papers"
            days={found.papers.map(({ day, papers }) => ({ day, count: papers }))}
            now={now}
          />
          {found.rejected > 0 && <p>{figure(found.rejected)} rejected records are kept.</p>}
        </Part>
        <Part id="sources" title="Sources">
          <Sources sources={found.sources} now={now} />
        </Part>
        <Part id="jobs" title="Jobs">
          <Jobs jobs={found.jobs} now={now} />
        </Part>
        <Part id="database" title="Database and disk">
          <Database size={found.size} room={found.room} />
        </Part>
      </div>
    </AdminFrame>
  );
}

function Part({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section aria-labelledby={id} className="prose mb-8 min-w-0 wrap-break-word">
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

function Digests({
  queue,
  statuses,
  failures,
  deliveries,
  now,
}: Pick<Overview, 'queue' | 'statuses' | 'failures' | 'deliveries'> & { now: Date }) {
  const { ready, waiting, inFlight, active, pending, nextRunAt, pausedDomains } = queue;
  const byStatus = statuses.map(({ status, count }) => `${figure(count)} ${status}`);
  return (
    <>
      <p>
        {figure(active)} subscriptions, {figure(pending)} to be confirmed. {figure(ready)} digests
        can leave now, {figure(waiting)} wait for another try, {figure(inFlight)} are on their way.
        {nextRunAt && nextRunAt > now && (
          <> The next is due in {duration(nextRunAt.getTime() - now.getTime())}.</>
        )}
      </p>
      <p>
        In the last {DIGEST_DAYS} days: {byStatus.join(', ') || 'none'}.
      </p>
      <DayChart
        title="Sent"
        days={deliveries.map(({ day, sent }) => ({ day, count: sent }))}
        now={now}
      />
      <DayChart
        title="Did not arrive"
        days={deliveries.map(({ day, failed }) => ({ day, count: failed }))}
        now={now}
      />
      {pausedDomains.length > 0 && (
        <ul>
          {pausedDomains.map(({ domain, until, reason }) => (
            <li key={domain}>
              {domain === '*' ? 'All mail' : domain} is paused for{' '}
              {duration(until.getTime() - now.getTime())}: {reason ?? 'no reason given'}
            </li>
          ))}
        </ul>
      )}
      {failures.length > 0 && (
        <Table
          columns={['Digests', 'State', 'Why']}
          caption={`Why digests did not arrive, ${DIGEST_DAYS} days`}
        >
          {failures.map(({ status, reason, count }) => (
            <tr key={`${status} ${reason}`}>
              <td>{figure(count)}</td>
              <td>{status}</td>
              <td className="wrap-anywhere">{reason ?? 'not told'}</td>
            </tr>
          ))}
        </Table>
      )}
    </>
  );
}

function Sources({ sources, now }: Pick<Overview, 'sources'> & { now: Date }) {
  return (
    <Table columns={['Source', 'Last success', 'State']}>
      {sources.map(({ name, label, succeededAt, words, on }) => (
        <tr key={name}>
          <th scope="row">{label}</th>
          <td>{succeededAt ? ago(succeededAt, now) : 'none'}</td>
          <td className="wrap-anywhere">{on ? words : 'off'}</td>
        </tr>
      ))}
    </Table>
  );
}

function Jobs({ jobs, now }: { jobs: readonly JobRow[]; now: Date }) {
  return (
    <Table columns={['Job', 'Last run', 'State']}>
      {jobs.map(({ name, everyMinutes, endedAt, tookMs, isRunning, findings }) => (
        <tr key={name}>
          <th scope="row">
            {name}, every {everyMinutes} min
          </th>
          <td>
            {endedAt ? ago(endedAt, now) : 'never'}
            {tookMs !== null && `, took ${seconds(tookMs)}`}
          </td>
          <td className="wrap-anywhere">
            <Findings findings={findings} fine={isRunning ? 'running' : endedAt ? 'well' : ''} />
          </td>
        </tr>
      ))}
    </Table>
  );
}

function seconds(milliseconds: number): string {
  return milliseconds < 120_000 ? `${(milliseconds / 1_000).toFixed(1)} s` : duration(milliseconds);
}

function Findings({ findings, fine }: { findings: readonly Finding[]; fine: string }) {
  if (findings.length === 0) return fine;
  return findings.map(({ says, remedy }) => (
    <p key={says}>
      <b>{says}</b>
      {remedy && <>. {remedy}</>}
    </p>
  ));
}

function Database({ size, room }: Pick<Overview, 'size' | 'room'>) {
  return (
    <>
      <p>The database takes {megabytes(size.bytes)}.</p>
      <ul>
        {room.map(({ state, says, remedy }) => (
          <li key={says}>
            {state === 'ok' ? says : <b>{says}</b>}
            {remedy && `. ${remedy}`}
          </li>
        ))}
      </ul>
      <Table columns={['Table', 'Size', 'Rows, about']} caption="The largest tables">
        {size.tables.map(({ name, bytes, rows }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{megabytes(bytes)}</td>
            <td>{rows === null ? 'not counted yet' : figure(rows)}</td>
          </tr>
        ))}
      </Table>
    </>
  );
}
