import type { Metadata } from 'next';
import { PageHead } from '@/components/ui/PageHead';
import { Pager } from '@/components/ui/Pager';
import { Table } from '@/components/ui/Table';
import { ACTS } from '@/lib/admin/acts';
import { publicLog } from '@/lib/admin/log-store';
import { dayName, isoDay } from '@/lib/calendar/day-names';
import { getDb } from '@/lib/db/client';
import { first, type SearchParams } from '@/lib/http/search-params';
import { rowId } from '@/lib/http/segment';
import { paperPath } from '@/lib/papers/paper-address';

export const metadata: Metadata = {
  title: 'Log',
  description: 'Papers that were hidden, pinned, corrected or tagged by hand, and why.',
};

const ACTS_SHOWN = 50;

/** What was done to papers by hand, for everybody. */
export default async function PublicLog({ searchParams }: { searchParams: SearchParams }) {
  const before = rowId(first((await searchParams).before));
  const acts = await publicLog(getDb(), { before, limit: ACTS_SHOWN + 1 });
  const shown = acts.slice(0, ACTS_SHOWN);
  return (
    <>
      <PageHead title="What was done by hand">
        Papers are ranked and tagged by rules. When somebody who runs this site steps in, it is
        listed here, with the reason.
      </PageHead>
      <div className="prose wrap-break-word">
        {shown.length === 0 ? (
          <p>Nothing so far.</p>
        ) : (
          <Table columns={['When', 'What', 'Paper', 'Why']}>
            {shown.map(({ id, at, act, byOperator, paperId, title, detail, reason }) => (
              <tr key={id}>
                <th scope="row">
                  <time dateTime={isoDay(at)}>{dayName(at)}</time>
                </th>
                <td>
                  {byOperator ? 'The operator' : 'An admin'} {ACTS[act] ?? act}
                  {detail && ` (${detail})`}
                </td>
                <td className="wrap-anywhere">
                  {title === null ? (
                    `no. ${paperId}, not shown`
                  ) : (
                    <a href={paperPath(paperId!)}>{title}</a>
                  )}
                </td>
                <td className="wrap-anywhere">{reason}</td>
              </tr>
            ))}
          </Table>
        )}
      </div>
      <Pager
        first={before === null ? null : '/about/log'}
        next={acts.length > ACTS_SHOWN ? `/about/log?before=${shown.at(-1)!.id}` : null}
      />
    </>
  );
}
