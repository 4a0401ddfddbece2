import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { emptyTables, testDatabase } from '../database';
import { addPapers, addReader, deliveries, runAt, startSink } from './world';

const db = await testDatabase();
const sink = await startSink();
afterAll(() => sink.stop());

const MONDAY = '2026-11-23T08:00:00Z';
const NEXT_MONDAY = '2026-11-30T08:00:00Z';

beforeEach(async () => {
  await emptyTables(db);
  sink.received.length = 0;
  sink.behave = () => null;
});

describe('a digest', () => {
  test('goes out once a period, however often the job is called', async () => {
    await addPapers(db, [{ id: 1 }, { id: 2 }]);
    await addReader(db, 'reader@example.org');
    const report = await runAt(db, sink, MONDAY);
    expect(report).toMatchObject({ planned: 1, sent: 1, remaining: 0, says: 'Sent 1 digest.' });
    expect(await runAt(db, sink, MONDAY)).toMatchObject({ planned: 0, sent: 0 });
    const [mail, ...more] = await sink.mailsTo('reader@example.org');
    expect(more).toEqual([]);
    expect(mail!.text).toContain('Paper 1');
    expect(mail!.text).toContain('Paper 2');
    expect(await deliveries(db)).toMatchObject([{ status: 'sent', localPeriod: '2026-W48' }]);
  });

  test('has only papers that came since the last one', async () => {
    await addPapers(db, [{ id: 1 }]);
    await addReader(db, 'reader@example.org');
    await runAt(db, sink, MONDAY);
    await addPapers(db, [{ id: 2, newAt: '2026-11-25T00:00:00Z' }]);
    await runAt(db, sink, NEXT_MONDAY);
    expect((await deliveries(db)).map(({ paperIds }) => paperIds)).toEqual([[1], [2]]);
  });

  test('is not sent when nothing is new, and says why', async () => {
    await addPapers(db, [{ id: 1 }]);
    await addReader(db, 'reader@example.org');
    await runAt(db, sink, MONDAY);
    const report = await runAt(db, sink, NEXT_MONDAY);
    expect(report).toMatchObject({ sent: 0, skipped: 1 });
    expect(report.says).toBe('Nothing was sent. 1 digest had nothing new.');
    expect((await deliveries(db))[1]).toMatchObject({
      status: 'skipped',
      reason: 'There were no new papers since 23 November 2026.',
    });
  });
});
