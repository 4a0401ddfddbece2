import { expect, test } from 'vitest';
import { feedPapers } from '@/lib/feed/query';
import { rankPapers } from '@/lib/feed/rank';
import { countStale } from '@/lib/readers/interest-signals';
import { castVote } from '@/lib/readers/vote-store';
import { testDatabase } from '../database';
import { addPapers } from '../digest/world';

const db = await testDatabase();
const now = new Date('2026-11-23T12:00:00Z');
const READERS = 100;
const PAPERS = 5;

test('many votes over many connections, each sent twice, count exactly once', async () => {
  const ids = Array.from({ length: PAPERS }, (_, index) => index + 1);
  await addPapers(
    db,
    ids.map((id) => ({ id })),
  );
  await rankPapers(db, ids, now);
  await db.reader.createMany({
    data: Array.from({ length: READERS }, (_, index) => ({
      id: index + 1,
      email: `voter-${index}@example.org`,
      emailKey: `voter-${index}@example.org`,
      addressHash: `voter-${index}`,
    })),
  });
  const votes = Array.from({ length: READERS }, (_, index) => index + 1).flatMap((readerId) =>
    [...ids, ...ids].map((paperId) => ({ readerId, paperId })),
  );
  const waiting = votes.sort(
    (a, b) => ((a.readerId * 7 + a.paperId) % 11) - ((b.readerId * 7 + b.paperId) % 11),
  );
  await Promise.all(
    Array.from({ length: 50 }, async () => {
      for (let vote = waiting.pop(); vote; vote = waiting.pop()) {
        const { readerId, paperId } = vote;
        const actor = { kind: 'token', readerId, scopes: ['write'] } as const;
        await castVote(db, actor, { paperId, value: 1, network: `n${readerId}` }, now);
      }
    }),
  );
  expect(await db.vote.count()).toBe(READERS * PAPERS);
  await Promise.all([countStale(db, now), countStale(db, now)]);
  const papers = await feedPapers(db, ids, new Date(now.getTime() + 1));
  for (const { signals } of papers) {
    expect(signals.find(({ kind }) => kind === 'votes')?.value).toBe(READERS);
  }
}, 120_000);
