import type { Metadata } from 'next';
import { AdminFrame } from '@/app/admin/AdminFrame';
import { ReasonField, SureField } from '@/app/admin/act-fields';
import { adminSession } from '@/app/admin/admin-session';
import { Button } from '@/components/ui/Button';
import { Table } from '@/components/ui/Table';
import { rejectedRecords } from '@/lib/admin/rejected';
import { isoDay } from '@/lib/calendar/day-names';
import { getDb } from '@/lib/db/client';
import { first, type SearchParams } from '@/lib/http/search-params';

export const metadata: Metadata = { title: 'Rejected records', robots: { index: false } };

const SHOWN = 50;
/** So much of a record tells what it is. */
const BEGINNING = 400;

/** Records that could not be stored, why, and another try. */
export default async function Rejected({ searchParams }: { searchParams: SearchParams }) {
  const actor = await adminSession(new Date());
  const search = await searchParams;
  const { latest, count } = await rejectedRecords(getDb(), actor, SHOWN);
  return (
    <AdminFrame
      page="/admin/rejected"
      title="Rejected records"
      lead={`${count.toLocaleString('en')} records could not be stored.`}
      done={wordsOf(first(search.done))}
      problem={first(search.problem)}
    >
      {count > 0 && (
        <div className="mb-8 grid gap-x-12 gap-y-8 lg:grid-cols-2">
          <form method="post" action="/admin/rejected/submit" className="grid max-w-96 gap-3">
            <h2 className="text-lg">Try again</h2>
            <p className="text-base">Reads all of them again, and stores what can be stored now.</p>
            <ReasonField id="retry-reason" />
            <div>
              <Button look="plain" name="do" value="retry">
                Try again
              </Button>
            </div>
          </form>
          <form method="post" action="/admin/rejected/submit" className="grid max-w-96 gap-3">
            <h2 className="text-lg">Forget</h2>
            <ReasonField id="clear-reason" />
            <SureField label="Forget all of them for good" />
            <div>
              <Button look="plain" name="do" value="clear">
                Forget
              </Button>
            </div>
          </form>
        </div>
      )}
      {latest.length > 0 && (
        <div className="prose wrap-break-word">
          <Table columns={['When', 'Where', 'Why, and what']}>
            {latest.map(({ id, seenAt, input, format, place, reason, raw }) => (
              <tr key={id}>
                <td>{isoDay(seenAt)}</td>
                <td className="wrap-anywhere">
                  {input ?? format}, {place}
                </td>
                <td className="wrap-anywhere">
                  <details>
                    <summary>{reason}</summary>
                    <pre>{raw.slice(0, BEGINNING)}</pre>
                  </details>
                </td>
              </tr>
            ))}
          </Table>
          {count > latest.length && <p>These are the latest {latest.length}.</p>}
        </div>
      )}
    </AdminFrame>
  );
}

/** What was done, from the counts in the address that the form led to. */
function wordsOf(done: string): string | null {
  const [what, ...counts] = done.split('.');
  if (counts.some((count) => !/^\d{1,9}$/.test(count))) return null;
  const [a, b, c] = counts;
  if (what === 'clear' && a) return `${a} records are forgotten.`;
  if (what !== 'retry' || !c) return null;
  return `${a} new papers, ${b} updated, ${c} records rejected again.`;
}
