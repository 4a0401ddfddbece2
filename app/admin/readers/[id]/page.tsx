import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { AdminFrame } from '@/app/admin/AdminFrame';
import { ReasonField, SureField } from '@/app/admin/act-fields';
import { adminSession } from '@/app/admin/admin-session';
import { LiftForm } from '@/app/admin/readers/LiftForm';
import { Button } from '@/components/ui/Button';
import { Table } from '@/components/ui/Table';
import { readerDetails } from '@/lib/admin/readers';
import { isoMinute } from '@/lib/calendar/day-names';
import { getDb } from '@/lib/db/client';
import { first, type SearchParams } from '@/lib/http/search-params';
import { rowId } from '@/lib/http/segment';
import { env } from '@/lib/runtime/env';
import { timetableWords } from '@/lib/subscribers/timetable';

export const metadata: Metadata = { title: 'Reader', robots: { index: false } };

type Props = { params: Promise<{ id: string }>; searchParams: SearchParams };

/** A reader: what was sent to them, what was not, and why. */
export default async function ReaderPage({ params, searchParams }: Props) {
  const now = new Date();
  const actor = await adminSession(now);
  const search = await searchParams;
  const id = rowId((await params).id);
  const { suppressionKey } = env();
  const found = id && (await readerDetails(getDb(), actor, id, suppressionKey));
  if (!found) notFound();
  const { reader, subscription, deliveries, suppressed } = found;
  const { pausedUntil = null, nextRunAt = null } = subscription ?? {};
  return (
    <AdminFrame
      page="/admin/readers"
      title={reader.email}
      lead={
        <>
          {reader.status}
          {subscription && `, ${timetableWords(subscription)}`}
          {pausedUntil && `, paused until ${isoMinute(pausedUntil)}`}
          {nextRunAt && `, next ${isoMinute(nextRunAt)}`}
        </>
      }
      problem={first(search.problem)}
    >
      <section aria-labelledby="deliveries" className="prose wrap-break-word">
        <h2 id="deliveries">Digests</h2>
        {deliveries.length === 0 ? (
          <p>None was planned yet.</p>
        ) : (
          <Table columns={['For', 'Papers', 'State', 'What happened']}>
            {deliveries.map(({ id: no, localPeriod, papers, status, reason, log }) => (
              <tr key={no}>
                <th scope="row">{localPeriod}</th>
                <td>{papers}</td>
                <td className="wrap-anywhere">
                  {status}
                  {reason && `: ${reason}`}
                </td>
                <td className="wrap-anywhere">
                  <ol className="list-none! p-0!">
                    {log.map((entry) => (
                      <li key={`${entry.at} ${entry.status} ${entry.note}`}>
                        {isoMinute(new Date(entry.at))} {entry.status}: {entry.note}
                      </li>
                    ))}
                  </ol>
                </td>
              </tr>
            ))}
          </Table>
        )}
      </section>
      {suppressed && <LiftForm address={reader.email} />}
      <section aria-labelledby="remove" className="mt-8">
        <h2 id="remove" className="mb-2 text-lg">
          Erase
        </h2>
        <p className="max-w-measure text-base">
          Deletes the address, preferences, history, votes and library. There is no way back. Only a
          fingerprint of the address stays, so that nothing is ever sent there again.
        </p>
        <form method="post" action="/admin/readers/submit" className="mt-3 grid max-w-96 gap-3">
          <input type="hidden" name="id" value={reader.id} />
          <input type="hidden" name="email" value={reader.email} />
          <ReasonField id="remove-reason" />
          <SureField label={`Erase ${reader.email} for good`} />
          <div>
            <Button look="plain" name="do" value="remove">
              Erase
            </Button>
          </div>
        </form>
      </section>
    </AdminFrame>
  );
}
