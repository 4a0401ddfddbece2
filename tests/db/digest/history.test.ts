import { afterAll, beforeEach, expect, it } from 'vitest';
import { sql } from '@/lib/db/sql';
import {
  countByStatus,
  dueSubscriptions,
  historyOf,
  troubles,
  waits,
} from '@/lib/digest/history-store';
import { planDue } from '@/lib/digest/queue-store';
import { emptyTables, testDatabase } from '../database';
import { addPapers, addReader, runAt, startSink } from './world';

const db = await testDatabase();
const sink = await startSink();
afterAll(() => sink.stop());

const MONDAY = '2026-11-23T08:00:00Z';
const LONG_AGO = new Date('2026-11-01T00:00:00Z');

beforeEach(async () => {
  await emptyTables(db);
  sink.received.length = 0;
  sink.behave = () => null;
});

it('deliveries are counted, told with all that happened to them, and bad ones apart', async () => {
  await addPapers(db, [{ id: 1 }]);
  await addReader(db, 'good@example.org');
  await addReader(db, 'gone@example.net');
  expect((await dueSubscriptions(db, new Date(MONDAY), 10)).total).toBe(2);
  sink.behave = (to) =>
    to === 'gone@example.net' ? { at: 'rcpt', code: 550, text: '5.1.1 No such user' } : null;
  await runAt(db, sink, MONDAY);
  expect(await countByStatus(db, LONG_AGO)).toEqual([
    { status: 'sent', count: 1 },
    { status: 'failed', count: 1 },
  ]);
  const [delivery, ...others] = await historyOf(db, 'good@example.org', 10);
  expect(others).toEqual([]);
  expect(delivery).toMatchObject({
    email: 'good@example.org',
    cadence: 'weekly',
    localPeriod: '2026-W48',
    status: 'sent',
    papers: 1,
  });
  expect(delivery!.log.map(({ status }) => status)).toEqual(
    expect.arrayContaining(['planned', 'sent']),
  );
  expect(await troubles(db, LONG_AGO, 10)).toMatchObject([
    { email: 'gone@example.net', status: 'failed' },
  ]);
  expect(await troubles(db, new Date('2026-12-01T00:00:00Z'), 10)).toEqual([]);
});

it('digests that waited are told apart, with why', async () => {
  await addPapers(db, [{ id: 1 }, { id: 2 }]);
  await addReader(db, 'patient@example.org', {
    minPapers: 3,
    coveredUntil: '2026-11-16T08:00:00Z',
  });
  await runAt(db, sink, MONDAY);
  expect(await waits(db, LONG_AGO, 10)).toMatchObject([
    {
      email: 'patient@example.org',
      status: 'skipped',
      reason: expect.stringContaining(
        'fewer than the minimum of 3. They come with the next digest.',
      ),
    },
  ]);
  expect(await troubles(db, LONG_AGO, 10)).toEqual([]);
});

it('the planner’s statistics know of a thousand new deliveries at once', async () => {
  const { subscriptionId } = await addReader(db, 'reader@example.org');
  const subscription = await db.subscription.findUniqueOrThrow({ where: { id: subscriptionId } });
  const { id: _, readerId: __, ...choices } = subscription;
  const readers = await db.reader.createManyAndReturn({
    data: Array.from({ length: 999 }, (_, i) => ({
      email: `r${i}@example.org`,
      emailKey: `r${i}@example.org`,
      addressHash: `hash ${i}`,
      status: 'active' as const,
    })),
    select: { id: true },
  });
  await db.subscription.createMany({
    data: readers.map(({ id }) => ({ ...choices, readerId: id })),
  });
  expect(await planDue(db, new Date(MONDAY))).toBe(1000);
  const [row] = await db.$queryRaw<{ rows: number }[]>(
    sql`select reltuples::int as rows from pg_class where oid = 'delivery'::regclass`,
  );
  expect(row?.rows).toBe(1000);
});
