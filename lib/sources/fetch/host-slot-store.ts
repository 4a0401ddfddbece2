import { type Db, sql } from '@/lib/db/sql';

/**
 * Slots at a host, shared by every process on every machine through the database, by its clock. A slot
 * is held until `releaseSlot`, or until its lease ends where the process died.
 */

export interface HostRule {
  /** Under which requests are counted together. */
  key: string;
  /** Between the end of a request and the start of the next one. */
  delayMs: number;
  /** Requests at a time. */
  concurrency: number;
}

/**
 * Takes a free slot, or says when to look again: after `waitMs`, though one may be free earlier, and
 * not before `restMs`, which is how long the host is left alone.
 */
export async function claimSlot(
  db: Db,
  { key, concurrency }: HostRule,
  owner: string,
  leaseMs: number,
): Promise<{ slot: number } | { waitMs: number; restMs: number }> {
  const claimed = await db.$queryRaw<{ slot: number }[]>(sql`
    update host_slot set owner = ${owner},
      busy_until = clock_timestamp() + ${leaseMs}::float8 * interval '1 millisecond'
    where host = ${key} and slot = (
      select slot from host_slot
      where host = ${key} and busy_until <= clock_timestamp() and next_at <= clock_timestamp()
      order by next_at limit 1 for update skip locked)
    returning slot`);
  if (claimed[0]) return claimed[0];
  const [row] = await db.$queryRaw<
    { slots: number; wait: number | null; rest: number | null }[]
  >(sql`
    select count(*)::int as slots,
      extract(epoch from min(greatest(next_at, busy_until)) - clock_timestamp())::float8 * 1000
        as wait,
      extract(epoch from min(next_at) - clock_timestamp())::float8 * 1000 as rest
    from host_slot where host = ${key}`);
  if ((row?.slots ?? 0) < concurrency) {
    await db.$executeRaw(sql`
      insert into host_slot (host, slot, busy_until, next_at)
      select ${key}, n, to_timestamp(0), to_timestamp(0)
      from generate_series(1, ${concurrency}::int) n on conflict do nothing`);
    return { waitMs: 0, restMs: 0 };
  }
  return { waitMs: Math.max(10, row?.wait ?? 0), restMs: Math.max(0, row?.rest ?? 0) };
}

/** Frees a slot; it may be taken again `delayMs` later. */
export async function releaseSlot(
  db: Db,
  key: string,
  slot: number,
  owner: string,
  delayMs: number,
): Promise<void> {
  await db.$executeRaw(sql`
    update host_slot set owner = null, busy_until = clock_timestamp(),
      next_at = greatest(next_at, clock_timestamp() + ${delayMs}::float8 * interval '1 millisecond')
    where host = ${key} and slot = ${slot} and owner = ${owner}`);
}

/** Nobody asks this host before `waitMs` have passed: it said so. */
export async function pauseHost(db: Db, key: string, waitMs: number): Promise<void> {
  await db.$executeRaw(sql`
    update host_slot set next_at = greatest(next_at,
      clock_timestamp() + ${waitMs}::float8 * interval '1 millisecond')
    where host = ${key}`);
}
