import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { planDue, sweep } from '@/lib/digest/queue-store';
import { beginTransmission, claim, finish } from '@/lib/digest/store';
import { DEFAULT_PREFERENCES } from '@/lib/subscribers/preferences';
import { subscriptionColumns } from '@/lib/subscribers/subscription-store';
import { emptyTables, testDatabase } from '../database';
import { addPapers, addReader, deliveries, runAt, type Sink, startSink } from './world';

const db = await testDatabase();
const sink: Sink = await startSink();
afterAll(() => sink.stop());

const MONDAY = '2026-11-23T08:00:00Z';
const monday = new Date(MONDAY);
const later = (minutes: number) => new Date(monday.getTime() + minutes * 60_000);

beforeEach(async () => {
  await emptyTables(db);
  sink.received.length = 0;
  sink.behave = () => null;
});

const statuses = async () => (await deliveries(db)).map(({ status }) => status);

describe('a worker that is killed', () => {
  beforeEach(async () => {
    await addPapers(db, [{ id: 1 }]);
    await addReader(db, 'reader@example.org');
    await planDue(db, monday);
  });

  test('before the message left: the digest is sent by another, once', async () => {
    expect(await claim(db, 'killed', 10, monday, later(12))).toHaveLength(1);
    expect((await runAt(db, sink, MONDAY)).says).toContain('being sent by other workers');
    await runAt(db, sink, later(13).toISOString());
    await runAt(db, sink, later(30).toISOString());
    expect(sink.received).toHaveLength(1);
    expect(await statuses()).toEqual(['sent']);
  });

  test('after the message left: the digest is uncertain, and not sent again', async () => {
    const [lease] = await claim(db, 'killed', 10, monday, later(12));
    expect(await beginTransmission(db, 'killed', [lease!], monday, later(12))).toHaveProperty(
      'size',
      1,
    );
    await runAt(db, sink, later(13).toISOString());
    expect(sink.received).toHaveLength(0);
    expect(await statuses()).toEqual(['uncertain']);
  });

  test('a worker that lost its lease changes nothing', async () => {
    const [lease] = await claim(db, 'slow', 10, monday, later(12));
    await sweep(db, later(13), false);
    const [taken] = await claim(db, 'quick', 10, later(13), later(25));
    expect(taken!.id).toBe(lease!.id);
    expect((await beginTransmission(db, 'slow', [lease!], later(14), later(26))).size).toBe(0);
    const outcome = {
      ...lease!,
      status: 'sent' as const,
      reason: 'late',
      code: 250,
      text: null,
      notBefore: null,
      refused: false,
      recompose: false,
    };
    expect(await finish(db, 'slow', [outcome], later(14))).toBe(0);
    expect(await statuses()).toEqual(['leased']);
  });
});

describe('several workers', () => {
  test('two calls at once send each digest once', async () => {
    await addPapers(db, [{ id: 1 }, { id: 2 }]);
    for (let i = 0; i < 60; i++) await addReader(db, `reader${i}@example.org`);
    const reports = await Promise.all([
      runAt(db, sink, MONDAY),
      runAt(db, sink, MONDAY),
      runAt(db, sink, MONDAY),
    ]);
    expect(reports.reduce((sum, { sent }) => sum + sent, 0)).toBe(60);
    expect(new Set(sink.received.map(({ to }) => to)).size).toBe(60);
    expect(sink.received).toHaveLength(60);
  });

  test('the end of the time leaves the rest for the next call', async () => {
    await addPapers(db, [{ id: 1 }]);
    for (let i = 0; i < 90; i++) await addReader(db, `reader${i}@example.org`);
    const throttle = { perSecond: 20, perDomainPerSecond: null };
    const first = await runAt(db, sink, MONDAY, { throttle, budgetMs: 1_500 });
    expect(first.sent).toBeGreaterThan(0);
    expect(first.sent).toBeLessThan(90);
    expect(first.remaining + first.waiting).toBe(90 - first.sent);
    expect(first.says).toContain('remain for the next call');
    const second = await runAt(db, sink, later(1).toISOString());
    expect(first.sent + second.sent).toBe(90);
    expect(sink.received).toHaveLength(90);
  });

  test('an interruption waits for what is on the wire; the next call sends the rest', async () => {
    await addPapers(db, [{ id: 1 }]);
    // More than a quick server takes before the first word of progress.
    const READERS = 300;
    for (let i = 0; i < READERS; i++) await addReader(db, `reader${i}@example.org`);
    const abort = new AbortController();
    const told: string[] = [];
    const first = await runAt(db, sink, MONDAY, {
      signal: abort.signal,
      onProgress: ({ done, total }) => {
        told.push(`${done} of ${total}`);
        abort.abort();
      },
    });
    expect(told[0]).toMatch(/^[12]?\d{1,2} of 300$/);
    expect(first.sent).toBeGreaterThan(0);
    expect(first.sent).toBeLessThan(READERS);
    expect(first.says).toContain('It was interrupted');
    expect(new Set(await statuses())).toEqual(new Set(['sent', 'planned']));
    const second = await runAt(db, sink, MONDAY);
    expect(first.sent + second.sent).toBe(READERS);
    expect(sink.received).toHaveLength(READERS);
  });

  test('share the limits per second and domain', async () => {
    await addPapers(db, [{ id: 1 }]);
    for (let i = 0; i < 8; i++) await addReader(db, `reader${i}@slow.example`);
    const throttle = { perSecond: null, perDomainPerSecond: 10 };
    const started = Date.now();
    await Promise.all([
      runAt(db, sink, MONDAY, { throttle }),
      runAt(db, sink, MONDAY, { throttle }),
    ]);
    expect(sink.received).toHaveLength(8);
    expect(Date.now() - started).toBeGreaterThan(650);
  });
});

describe('a limited rate', () => {
  test('keeps everything moving however long the queue is', async () => {
    await addPapers(db, [{ id: 1 }]);
    for (let i = 0; i < 60; i++) await addReader(db, `reader${i}@example.org`);
    const throttle = { perSecond: 2, perDomainPerSecond: null };
    let sent = 0;
    for (let call = 0; call < 3; call++) {
      const report = await runAt(db, sink, later(call).toISOString(), {
        throttle,
        budgetMs: 2_000,
      });
      expect(report.sent).toBeGreaterThan(2);
      sent += report.sent;
      expect(report.remaining + report.waiting).toBe(60 - sent);
    }
  });
});

describe('a mail server that', () => {
  beforeEach(async () => {
    await addPapers(db, [{ id: 1 }]);
    await addReader(db, 'reader@example.org', { cadence: 'daily' });
  });

  test('refuses for now (greylisting) is asked again later', async () => {
    sink.behave = () => ({ at: 'rcpt', code: 450, text: '4.2.1 greylisted' });
    expect(await runAt(db, sink, MONDAY)).toMatchObject({ sent: 0, deferred: 1 });
    expect(await runAt(db, sink, later(1).toISOString())).toMatchObject({ claimed: 0, waiting: 1 });
    sink.behave = () => null;
    expect(await runAt(db, sink, later(7).toISOString())).toMatchObject({ sent: 1 });
  });

  test('says that a mailbox is full is asked again, and the address is kept', async () => {
    sink.behave = () => ({ at: 'data', code: 552, text: '5.2.2 mailbox full' });
    expect(await runAt(db, sink, MONDAY)).toMatchObject({ deferred: 1 });
    expect(await db.suppression.count()).toBe(0);
  });

  test('is down for hours costs no attempt and ends as old news', async () => {
    const down = { url: 'smtp://127.0.0.1:9?ignoreTLS=true' };
    const report = await runAt(db, down, MONDAY);
    expect(report).toMatchObject({ sent: 0, remaining: 1 });
    expect(report.stopped).toContain('cannot be reached');
    expect(await statuses()).toEqual(['planned']);
    expect(await runAt(db, sink, later(17 * 60).toISOString())).toMatchObject({ sent: 1 });
  });

  test('is down until the issue is stale is given up, in words', async () => {
    await runAt(db, { url: 'smtp://127.0.0.1:9?ignoreTLS=true' }, MONDAY);
    await runAt(db, sink, later(19 * 60).toISOString());
    expect(sink.received).toHaveLength(0);
    expect((await deliveries(db))[0]).toMatchObject({
      status: 'failed',
      reason: expect.stringContaining('given up as old news'),
    });
  });

  test('knows no such user: the address is suppressed for good', async () => {
    sink.behave = () => ({ at: 'rcpt', code: 550, text: '5.1.1 no such user' });
    expect(await runAt(db, sink, MONDAY)).toMatchObject({ failed: 1 });
    expect(await db.suppression.count()).toBe(1);
    expect(await db.reader.findFirst()).toMatchObject({ status: 'suppressed' });
    expect(await db.mailedPaper.count()).toBe(0);
  });

  test('drops the connection after the final dot: uncertain, not sent again', async () => {
    sink.behave = () => ({ at: 'drop-after' });
    expect(await runAt(db, sink, MONDAY)).toMatchObject({ uncertain: 1 });
    sink.behave = () => null;
    await runAt(db, sink, later(60).toISOString());
    expect(sink.received).toHaveLength(1);
  });

  test('drops it after the final dot, where the operator wants it sent again: it is', async () => {
    sink.behave = () => ({ at: 'drop-after' });
    const again = { resendUncertain: true };
    expect(await runAt(db, sink, MONDAY, again)).toMatchObject({ uncertain: 0, deferred: 1 });
    sink.behave = () => null;
    expect(await runAt(db, sink, later(60).toISOString(), again)).toMatchObject({ sent: 1 });
    const [first, second] = await sink.mailsTo('reader@example.org');
    expect(first!.messageId).toBe(second!.messageId);
  });

  test('refuses some recipients (5.7.x): all others get theirs in the same run', async () => {
    for (let i = 0; i < 299; i++) await addReader(db, `reader${i}@d${i % 150}.example`);
    const refused = (to: string) => Number(/\d+/.exec(to)?.[0] ?? -1) % 15 === 7;
    for (const at of ['rcpt', 'data'] as const) {
      const text = '5.7.1 user is protected by policy';
      sink.behave = (to) => (refused(to) ? { at, code: 550, text } : null);
      if (at === 'rcpt') {
        const report = await runAt(db, sink, MONDAY);
        expect(report).toMatchObject({ sent: 280, deferred: 20, failed: 0, stopped: null });
      } else {
        const again = await runAt(db, sink, later(80).toISOString());
        expect(again).toMatchObject({ sent: 0, deferred: 20, stopped: null });
      }
    }
    expect(await db.suppression.count()).toBe(0);
    expect(await db.mailDomain.count()).toBe(0);
    sink.behave = () => null;
    expect(await runAt(db, sink, later(200).toISOString())).toMatchObject({ sent: 20 });
  });

  test('refuses all recipients of one domain (5.7.x) keeps no other domain waiting', async () => {
    for (let i = 0; i < 40; i++) await addReader(db, `reader${i}@strict.example`);
    for (let i = 0; i < 40; i++) await addReader(db, `reader${i}@kind.example`);
    sink.behave = (to) =>
      to.endsWith('strict.example') ? { at: 'rcpt', code: 550, text: '5.7.1 no' } : null;
    const report = await runAt(db, sink, MONDAY);
    expect(report).toMatchObject({ sent: 41, deferred: 40, stopped: null });
  });

  test('refuses our sender (MAIL FROM) stops the run at once, and costs no attempt', async () => {
    for (let i = 0; i < 50; i++) await addReader(db, `reader${i}@d${i}.example`);
    sink.refuseSender = true;
    const report = await runAt(db, sink, MONDAY);
    sink.refuseSender = false;
    expect(report.stopped).toContain('refuses our login or sender');
    expect(report).toMatchObject({ sent: 0, deferred: 0, failed: 0 });
    expect(new Set(await statuses())).toEqual(new Set(['planned']));
    expect(await runAt(db, sink, later(5).toISOString())).toMatchObject({ sent: 51 });
  });

  test('refuses us at three domains in a row (5.7.x) stops the run, and the digests stay', async () => {
    for (let i = 0; i < 100; i++) await addReader(db, `reader${i}@d${i}.example`);
    sink.behave = () => ({ at: 'data', code: 550, text: '5.7.1 blocked by policy' });
    const report = await runAt(db, sink, MONDAY);
    expect(report.stopped).toContain('refuse our mail: 550 5.7.1');
    expect(report.failed).toBe(0);
    expect(report.deferred).toBeLessThan(20);
    sink.behave = () => null;
    const healed = await runAt(db, sink, later(70).toISOString());
    expect(healed.sent).toBe(101);
  });

  test('takes nothing for one domain now (421): that domain waits, others go on', async () => {
    for (let i = 0; i < 50; i++)
      await addReader(db, `reader${i}@slow.example`, { nextRunAt: MONDAY });
    sink.behave = (to) =>
      to.endsWith('@slow.example') ? { at: 'rcpt', code: 421, text: '4.7.0 too much mail' } : null;
    const report = await runAt(db, sink, MONDAY);
    expect(report).toMatchObject({ sent: 1 });
    expect(report.says).toContain('slow.example is paused until');
    expect(await db.mailDomain.findUnique({ where: { domain: 'slow.example' } })).not.toBeNull();
    sink.behave = () => null;
    expect(await runAt(db, sink, later(20).toISOString())).toMatchObject({ sent: 50 });
  });
});

describe('a reader who', () => {
  beforeEach(() => addPapers(db, [{ id: 1 }, { id: 2 }]));

  test('unsubscribes between claim and sending gets nothing', async () => {
    const { readerId } = await addReader(db, 'reader@example.org', { searches: ['adapters'] });
    const search = async () => {
      // Asked while the digest is composed: it is claimed already.
      await db.reader.update({ where: { id: readerId }, data: { status: 'unsubscribed' } });
      return [];
    };
    expect(await runAt(db, sink, MONDAY, { search })).toMatchObject({ suppressed: 1 });
    expect(sink.received).toHaveLength(0);
    expect((await deliveries(db))[0]!.reason).toBe('the subscription is unsubscribed');
  });

  test('unsubscribes while others get theirs gets nothing', async () => {
    for (const name of ['one', 'other']) await addReader(db, `${name}@example.org`);
    sink.behave = (to) => {
      const others = { where: { email: { not: to } }, data: { status: 'unsubscribed' as const } };
      db.reader.updateMany(others).then();
      return null;
    };
    const throttle = { perSecond: 1, perDomainPerSecond: null };
    const report = await runAt(db, sink, MONDAY, { throttle });
    expect(report).toMatchObject({ sent: 1, suppressed: 1 });
    expect(sink.received).toHaveLength(1);
  });

  test('is on the suppression list gets nothing', async () => {
    const { readerId } = await addReader(db, 'reader@example.org');
    const { addressHash } = await db.reader.findUniqueOrThrow({ where: { id: readerId } });
    await db.suppression.create({ data: { addressHash, reason: 'complaint', at: monday } });
    await runAt(db, sink, MONDAY);
    expect(sink.received).toHaveLength(0);
    expect(await statuses()).toEqual(['suppressed']);
  });

  test('never gets a paper twice, also when it is revised or found by another way', async () => {
    await addReader(db, 'reader@example.org', { cadence: 'daily' });
    await runAt(db, sink, MONDAY);
    // Seen again as if it were new, in a new version.
    await db.paper.update({
      where: { id: 1 },
      data: { firstSeenAt: '2026-11-23T12:00:00Z', version: 2, revisedAt: '2026-11-23T12:00:00Z' },
    });
    await addPapers(db, [{ id: 3, newAt: '2026-11-23T13:00:00Z' }]);
    await runAt(db, sink, '2026-11-24T08:00:00Z', { search: async () => [1, 2, 3] });
    const [first, second] = await deliveries(db);
    expect(first!.paperIds).toEqual([1, 2]);
    expect(second!.paperIds).toEqual([3]);
    const [, mail] = await sink.mailsTo('reader@example.org');
    expect(mail!.text).toContain('Revised since we mailed it to you: now version 2');
  });

  test('has two subscriptions gets both digests, one after the other, and no paper twice', async () => {
    const { readerId } = await addReader(db, 'reader@example.org', { maxPapers: 1 });
    await db.subscription.create({
      data: {
        ...subscriptionColumns(DEFAULT_PREFERENCES),
        maxPapers: 1,
        readerId,
        nextRunAt: MONDAY,
      },
    });
    await runAt(db, sink, MONDAY);
    await runAt(db, sink, later(1).toISOString());
    const sent = await deliveries(db);
    expect(sent.map(({ status }) => status)).toEqual(['sent', 'sent']);
    expect(sent.flatMap(({ paperIds }) => paperIds).sort()).toEqual([1, 2]);
  });

  test('ends one of two subscriptions is still mailed none of its papers again', async () => {
    const { readerId, subscriptionId } = await addReader(db, 'reader@example.org');
    await runAt(db, sink, MONDAY);
    await db.subscription.delete({ where: { id: subscriptionId } });
    await db.subscription.create({
      data: { ...subscriptionColumns(DEFAULT_PREFERENCES), readerId, nextRunAt: later(10) },
    });
    await addPapers(db, [{ id: 3 }]);
    await runAt(db, sink, later(10).toISOString());
    expect((await deliveries(db)).map(({ paperIds }) => paperIds)).toEqual([[3]]);
  });

  test('does not get a paper that was hidden after the freeze', async () => {
    await addReader(db, 'reader@example.org');
    sink.behave = () => ({ at: 'rcpt', code: 450, text: '4.2.1 later' });
    await runAt(db, sink, MONDAY);
    await db.paper.update({ where: { id: 1 }, data: { hiddenAt: monday } });
    sink.behave = () => null;
    await runAt(db, sink, later(10).toISOString());
    const [mail] = await sink.mailsTo('reader@example.org');
    expect(mail!.text).not.toContain('Paper 1');
    expect(mail!.text).toContain('Paper 2');
  });

  test('changed the cadence gets both digests, with different papers', async () => {
    const { subscriptionId } = await addReader(db, 'reader@example.org', { maxPapers: 1 });
    await planDue(db, monday);
    await db.subscription.update({
      where: { id: subscriptionId },
      data: { cadence: 'daily', nextRunAt: MONDAY },
    });
    await runAt(db, sink, MONDAY);
    await runAt(db, sink, later(1).toISOString());
    const sent = await deliveries(db);
    expect(sent.map(({ localPeriod }) => localPeriod).sort()).toEqual(['2026-11-23', '2026-W48']);
    const papers = sent.flatMap(({ paperIds }) => paperIds);
    expect(new Set(papers).size).toBe(papers.length);
  });
});
