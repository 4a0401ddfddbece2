import { type Db, sql } from '@/lib/db/sql';
import { messageId } from '@/lib/mail/wire/verp';
import type { Arrival } from './sink';

export interface Verdict {
  /** What does not agree, in words; empty when all is well. */
  problems: string[];
  deliveries: number;
  arrivals: number;
  byStatus: Record<string, number>;
}

interface Row {
  id: number;
  key: string;
  reader_id: number;
  email: string;
  local_period: string;
  status: string;
  reason: string | null;
  paper_ids: number[];
}

const FINAL = new Set(['sent', 'failed', 'uncertain', 'skipped', 'suppressed']);

/** Holds the table against what really arrived. */
export async function verify(db: Db, arrivals: readonly Arrival[], due: number): Promise<Verdict> {
  const rows = await db.$queryRaw<Row[]>(sql`
    select d.id, d.key, r.id as reader_id, r.email, d.local_period, d.status, d.reason, d.paper_ids
    from delivery d join subscription s on s.id = d.subscription_id
      join reader r on r.id = s.reader_id order by d.id`);
  const problems: string[] = [];
  const check = (holds: boolean, problem: string) => {
    if (!holds) problems.push(problem);
  };

  check(rows.length === due, `${due} digests were due, and ${rows.length} are accounted for`);
  const copies = new Map<string, Arrival[]>();
  for (const arrival of arrivals) {
    copies.set(arrival.message, [...(copies.get(arrival.message) ?? []), arrival]);
  }
  const known = new Set(rows.map(({ key }) => messageId('delivery', key)));
  for (const id of copies.keys()) check(known.has(id), `message ${id} is in no table`);

  const byStatus: Record<string, number> = {};
  const periods = new Set<string>();
  const papers = new Map<string, number>();
  for (const row of rows) {
    byStatus[row.status] = (byStatus[row.status] ?? 0) + 1;
    const name = `delivery ${row.id} (${row.status}, ${row.reason})`;
    const period = `${row.reader_id} ${row.local_period}`;
    check(!periods.has(period), `${name} is the second of its period`);
    periods.add(period);
    check(FINAL.has(row.status), `${name} has no end`);
    check(row.reason !== null, `${name} does not say why`);

    const got = copies.get(messageId('delivery', row.key)) ?? [];
    check(got.length <= 1, `${name} arrived ${got.length} times`);
    check(
      got.every(({ to }) => to === row.email),
      `${name} went to somebody else`,
    );
    if (row.status === 'sent') check(got.length === 1, `${name} did not arrive`);
    else if (row.status !== 'uncertain') check(got.length === 0, `${name} arrived all the same`);
    // Told so by the server, or given up after a day: everything else was to be sent.
    if (row.status === 'failed') {
      check(/^refused|^given up/.test(row.reason ?? ''), `${name} was lost`);
    }
    check(row.status !== 'skipped', `${name} had papers to send`);
    if (row.status !== 'sent' && row.status !== 'uncertain') continue;
    for (const paper of row.paper_ids) {
      const key = `${row.reader_id} ${paper}`;
      const earlier = papers.get(key);
      check(earlier === undefined, `${name} has paper ${paper} again, after ${earlier}`);
      papers.set(key, row.id);
    }
  }
  const [mailed] = await db.$queryRaw<{ count: number }[]>(sql`
    select count(*)::int as count from mailed_paper`);
  check(
    mailed!.count === papers.size,
    `${papers.size} papers were mailed, and ${mailed!.count} are remembered`,
  );
  return { problems, deliveries: rows.length, arrivals: arrivals.length, byStatus };
}
