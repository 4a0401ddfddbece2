import type { Metadata } from 'next';
import { AdminFrame } from '@/app/admin/AdminFrame';
import { adminSession } from '@/app/admin/admin-session';
import { Pager } from '@/components/ui/Pager';
import { Table } from '@/components/ui/Table';
import { ACTS } from '@/lib/admin/acts';
import { adminLog } from '@/lib/admin/log-store';
import { isoMinute } from '@/lib/calendar/day-names';
import { getDb } from '@/lib/db/client';
import { first, type SearchParams } from '@/lib/http/search-params';
import { rowId } from '@/lib/http/segment';
import { paperPath } from '@/lib/papers/paper-address';

export const metadata: Metadata = { title: 'Log', robots: { index: false } };

const ACTS_SHOWN = 50;

/** Every act on the site: who, what, on what, why. */
export default async function Log({ searchParams }: { searchParams: SearchParams }) {
  const actor = await adminSession(new Date());
  const before = rowId(first((await searchParams).before));
  const acts = await adminLog(getDb(), actor, { before, limit: ACTS_SHOWN + 1 });
  const shown = acts.slice(0, ACTS_SHOWN);
  return (
    <AdminFrame
      page="/admin/log"
      title="Log"
      lead={
        <>
          Acts on papers are also in the{' '}
          <a className="link" href="/about/log">
            public log
          </a>
          , without who did them.
        </>
      }
    >
      <div className="prose wrap-break-word">
        {shown.length === 0 ? (
          <p>Nothing was done yet.</p>
        ) : (
          <Table columns={['When', 'Who', 'What', 'Why']}>
            {shown.map((act) => (
              <tr key={act.id}>
                <th scope="row">
                  <time dateTime={act.at.toISOString()}>{isoMinute(act.at)}</time>
                </th>
                <td className="wrap-anywhere">
                  {act.byOperator ? 'the operator' : (act.by ?? 'an admin who is gone')}
                </td>
                <td className="wrap-anywhere">
                  {ACTS[act.act] ?? act.act}
                  {act.detail && ` (${act.detail})`}
                  {act.readerId !== null && (
                    <>
                      {': '}
                      {act.email ? (
                        <a href={`/admin/readers/${act.readerId}`}>{act.email}</a>
                      ) : (
                        `no. ${act.readerId}, gone`
                      )}
                    </>
                  )}
                  {act.paperId !== null && (
                    <>
                      {': '}
                      <a
                        href={
                          act.title === null
                            ? `/admin/papers/${act.paperId}`
                            : paperPath(act.paperId)
                        }
                      >
                        {act.title ?? `paper ${act.paperId}`}
                      </a>
                    </>
                  )}
                </td>
                <td className="wrap-anywhere">{act.reason}</td>
              </tr>
            ))}
          </Table>
        )}
      </div>
      <Pager
        first={before === null ? null : '/admin/log'}
        next={acts.length > ACTS_SHOWN ? `/admin/log?before=${shown.at(-1)!.id}` : null}
      />
    </AdminFrame>
  );
}
