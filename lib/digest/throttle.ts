import { type Db, sql } from '@/lib/db/client';

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

/** Takes one place in the line for each of the domains given. When each may leave, in the same order. */
export async function reserve(
  db: Db,
  domains: string[],
  { perSecond, perDomainPerSecond }: Throttle,
  now: Date,
): Promise<Date[]> {
  const counts = new Map<string, { count: number; gap: number }>();
  const add = (domain: string, rate: number) => {
    const entry = counts.get(domain) ?? { count: 0, gap: 1000 / rate };
    entry.count++;
    counts.set(domain, entry);
  };
  for (const domain of domains) {
    if (perSecond !== null) add(ALL, perSecond);
    if (perDomainPerSecond !== null) add(domain, perDomainPerSecond);
  }
  if (counts.size === 0) return domains.map(() => now);
  // Sorted, so that two workers lock the rows in the same order.
  const rows = [...counts]
    .map(([domain, entry]) => ({ domain, span: entry.count * entry.gap }))
    .sort((a, b) => (a.domain < b.domain ? -1 : 1));
  const ends = await db.$queryRaw<{ domain: string; end: Date }[]>(sql`
    insert into mail_domain as m (domain, next_at)
    select domain, ${now}::timestamptz + span * interval '1 millisecond'
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(domain text, span float8)
    on conflict (domain) do update
      set next_at = greatest(m.next_at, ${now}::timestamptz) + (excluded.next_at - ${now}::timestamptz)
    returning domain, next_at as end`);
  const next = new Map(
    ends.map(({ domain, end }) => {
      const { count, gap } = counts.get(domain)!;
      return [domain, end.getTime() - count * gap];
    }),
  );
  const take = (domain: string): number => {
    const at = next.get(domain);
    if (at === undefined) return now.getTime();
    next.set(domain, at + counts.get(domain)!.gap);
    return at;
  };
  return domains.map((domain) => new Date(Math.max(take(ALL), take(domain))));
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
