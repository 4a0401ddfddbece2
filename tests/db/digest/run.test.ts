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

  test('with fewer papers than the reader wants waits, and joins the next one', async () => {
    await addPapers(db, [{ id: 1 }]);
    await addReader(db, 'reader@example.org', { minPapers: 3 });
    await runAt(db, sink, MONDAY);
    await addPapers(db, [
      { id: 2, newAt: '2026-11-25T00:00:00Z' },
      { id: 3, newAt: '2026-11-26T00:00:00Z' },
    ]);
    await runAt(db, sink, NEXT_MONDAY);
    await addPapers(db, [{ id: 4, newAt: '2026-12-02T00:00:00Z' }]);
    await runAt(db, sink, '2026-12-07T08:00:00Z');
    expect(await deliveries(db)).toMatchObject([
      { status: 'sent', paperIds: [1] },
      {
        status: 'skipped',
        reason:
          'There were only 2 new papers, fewer than the minimum of 3. They come with the next digest.',
      },
      { status: 'sent', paperIds: [2, 3, 4] },
    ]);
    const [, mail] = await sink.mailsTo('reader@example.org');
    expect(mail!.subject).toBe('Paper 2, and 2 more');
    expect(mail!.text).toMatch(/^23 November 2026 to Monday,? 7 December 2026$/m);
    expect(mail!.text).toContain('3 new papers\n');
  });

  test('has its date as the subject where the reader or the operator chose so', async () => {
    await addPapers(db, [{ id: 1, title: 'A title' }]);
    await addReader(db, 'dated@example.org', { subject: 'date' });
    await addReader(db, 'titled@example.org');
    await runAt(db, sink, MONDAY);
    const subjects = await Promise.all(
      ['dated@example.org', 'titled@example.org'].map(
        async (address) => (await sink.mailsTo(address))[0]!.subject,
      ),
    );
    expect(subjects).toEqual(['Week 48, 2026: one paper', 'A title']);
  });

  test('that is a reader’s first reaches back until it has as many papers as wanted', async () => {
    await addPapers(db, [
      { id: 1, newAt: '2026-11-22T00:00:00Z' },
      { id: 2, newAt: '2026-11-01T00:00:00Z' },
      { id: 3, newAt: '2026-10-30T00:00:00Z' },
      { id: 4, newAt: '2025-12-30T00:00:00Z' },
    ]);
    await addReader(db, 'reader@example.org', { maxPapers: 3 });
    await runAt(db, sink, MONDAY);
    const [mail] = await sink.mailsTo('reader@example.org');
    expect((await deliveries(db))[0]).toMatchObject({ paperIds: [1, 2, 3] });
    expect(mail!.text).toContain('To get you started: the best of what is trending');
    expect(mail!.text).toContain('3 papers from the past month');
  });
});
