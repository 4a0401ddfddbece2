import { type Db, sql } from '@/lib/db/sql';

/**
 * How fast mail leaves, over all workers on all machines: for everything together (`*`) and for each
 * receiving domain the table says when the next message may leave. Whoever wants to send takes a
 * place in that line first.
 */
export interface Throttle {
  /** Messages a second; null for as fast as the server takes them. */
  perSecond: number | null;
  perDomainPerSecond: number | null;
}

const ALL = '*';

/**
 * Takes the next place in the lines that a message to `domain` stands in, unless it would have to wait
 * longer than `longest` milliseconds. Gives when it may leave, or when to ask again.
 */
export async function reserve(
  db: Db,
  domain: string,
  { perSecond, perDomainPerSecond }: Throttle,
  now: Date,
  longest: number,
): Promise<{ taken: boolean; at: Date }> {
  const lines = [
    { domain: ALL, rate: perSecond },
    { domain, rate: perDomainPerSecond },
  ].flatMap(({ domain, rate }) => (rate === null ? [] : [{ domain, gap: 1000 / rate }]));
  if (lines.length === 0) return { taken: true, at: now };
  // Sorted, so that two workers lock the rows in the same order. The line may move between looking and taking: what counts is where it stood when it was taken.
  const [place] = await db.$queryRaw<{ looked: Date; took: Date | null }[]>(sql`
    with line as (
      select r.domain, r.gap * interval '1 millisecond' as gap
      from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as r(domain text, gap float8)
    ), place as (
      select greatest(max(m.next_at), ${now}::timestamptz) as at
      from line left join mail_domain m using (domain)
    ), taken as (
      insert into mail_domain as m (domain, next_at)
      select domain, at + gap from line, place
      where at <= ${now}::timestamptz + ${longest}::float8 * interval '1 millisecond'
      order by domain
      on conflict (domain) do update set next_at = greatest(excluded.next_at,
        m.next_at + (select gap from line where line.domain = excluded.domain))
      returning domain, next_at
    )
    select at as looked, (select max(next_at - gap) from taken join line using (domain)) as took
    from place`);
  return { taken: place!.took !== null, at: place!.took ?? place!.looked };
}

/** Sends nothing to a domain until the given moment; never shortens a pause. */
export async function pauseDomain(
  db: Db,
  domain: string,
  until: Date,
  reason: string,
  now: Date,
): Promise<void> {
  await db.$executeRaw(sql`
    insert into mail_domain as m (domain, next_at, paused_until, reason)
    values (${domain}, ${now}, ${until}, ${reason})
    on conflict (domain) do update
      set paused_until = greatest(m.paused_until, excluded.paused_until), reason = excluded.reason`);
}
