import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ownIssue } from '@/lib/digest/issues';
import { preview } from '@/lib/digest/preview';
import { contentOf } from '@/lib/digest/store';
import { keepRising } from '@/lib/rising/store';
import { emptyTables, testDatabase } from '../database';
import { addPapers, addReader, runAt, SITE, type Sink, startSink } from './world';

const db = await testDatabase();
let sink: Sink;
beforeAll(async () => {
  sink = await startSink();
});
afterAll(() => sink.stop());
beforeEach(() => emptyTables(db));

async function keep(phrase: string, since: string, slug: string) {
  const figures = { papers: 14, before: 3, growth: 4.5, weeks: [] };
  await keepRising(db, [
    {
      span: 'month',
      asOf: new Date(since),
      recent: 3_000,
      topics: [
        {
          ...figures,
          phrase,
          score: 20,
          query: `+"${phrase}"`,
          shares: [],
          rise: { key: phrase, since, seen: since },
          newest: [1],
          tags: [{ slug, ...figures }],
        },
      ],
      ended: [],
    },
  ]);
}

test('a digest has the rising topics of what its reader follows, in mail, preview and on the web', async () => {
  await addPapers(db, [{ id: 1, tags: ['peft', 'speech-audio'] }]);
  await keep('agent memory', '2026-11-22T00:50:00.000Z', 'peft');
  const { readerId, subscriptionId } = await addReader(db, 'a@example.org', { tags: ['peft'] });
  await addReader(db, 'b@example.org', { tags: ['speech-audio'] });
  const subscription = await db.subscription.findUniqueOrThrow({ where: { id: subscriptionId } });
  const shown = await preview(db, subscription, {
    site: { url: SITE, postalAddress: null },
    search: async () => [],
    subject: null,
    now: new Date('2026-11-23T07:00:00Z'),
  });
  expect(shown).toMatchObject({ html: expect.stringContaining('>agent memory</a>') });
  const report = await runAt(db, sink, '2026-11-23T08:10:00Z');
  expect(report.sent).toBe(2);
  const [mail] = await sink.mailsTo('a@example.org');
  const figures = '14 papers in the last 28 days, 3 in the 28 days before; share × 4.5';
  expect(mail!.text).toContain(figures);
  expect(mail!.html).toContain(figures);
  const [other] = await sink.mailsTo('b@example.org');
  expect(`${other!.html}${other!.text}`).not.toContain('Rising topics');
  const { key } = await db.delivery.findFirstOrThrow({ where: { subscriptionId } });
  const content = (await contentOf(db, key, readerId))!;
  expect(content.rising).toEqual([{ phrase: 'agent memory', figures, query: '+"agent memory"' }]);
  expect(await ownIssue(db, content)).toHaveLength(1);
});

test('the digest after has those that began to rise since, and not the same again', async () => {
  await addPapers(db, [{ id: 1 }]);
  await keep('agent memory', '2026-11-22T00:50:00.000Z', 'peft');
  await addReader(db, 'c@example.org', { cadence: 'daily' });
  await runAt(db, sink, '2026-11-23T08:10:00Z');
  await addPapers(db, [{ id: 2, newAt: '2026-11-23T12:00:00Z' }]);
  await runAt(db, sink, '2026-11-24T08:10:00Z');
  await addPapers(db, [{ id: 3, newAt: '2026-11-24T12:00:00Z' }]);
  await keep('agent skills', '2026-11-25T00:50:00.000Z', 'peft');
  await runAt(db, sink, '2026-11-25T08:10:00Z');
  const mails = await sink.mailsTo('c@example.org');
  expect(mails.map(({ text }) => text!.match(/agent \w+/)?.[0] ?? null)).toEqual([
    'agent memory',
    null,
    'agent skills',
  ]);
});
