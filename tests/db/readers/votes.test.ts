import { beforeEach, expect, test } from 'vitest';
import type { Actor } from '@/lib/readers/actor';
import { castVote, takeVoteBack } from '@/lib/readers/vote-store';
import { emptyTables, testDatabase } from '../database';
import { addPapers, addReader } from '../digest/world';

const db = await testDatabase();
beforeEach(() => emptyTables(db));

const now = new Date('2026-11-23T12:00:00Z');
const later = new Date('2026-11-24T12:00:00Z');

async function voter(email: string): Promise<Actor & { readerId: number }> {
  const { readerId } = await addReader(db, email);
  return { kind: 'session', readerId, sessionId: 1, admin: false };
}

test('of a paper the last vote is kept, only of papers that exist, until it is taken back', async () => {
  const actor = await voter('reader@example.org');
  await addPapers(db, [{ id: 1 }]);
  for (const value of [-1, 1] as const) {
    expect(await castVote(db, actor, { paperId: 1, value, network: null }, now)).toBe(true);
    // The same again is the same vote: its time stays.
    expect(await castVote(db, actor, { paperId: 1, value, network: null }, later)).toBe(true);
    expect(await castVote(db, actor, { paperId: 99, value, network: null }, now)).toBe(false);
    expect(await db.vote.findMany()).toMatchObject([
      { readerId: actor.readerId, paperId: 1, value, at: now },
    ]);
  }
  expect(await takeVoteBack(db, actor, 1)).toBe(true);
  expect(await takeVoteBack(db, actor, 1)).toBe(false);
  expect(await db.vote.findMany()).toEqual([]);
});

test('nobody takes back the vote of another reader', async () => {
  const [one, other] = [await voter('one@example.org'), await voter('other@example.org')];
  await addPapers(db, [{ id: 1 }]);
  await castVote(db, one, { paperId: 1, value: 1, network: null }, now);
  expect(await takeVoteBack(db, other, 1)).toBe(false);
  await expect(takeVoteBack(db, { kind: 'anonymous' }, 1)).rejects.toThrow('sign in');
  expect(await db.vote.count()).toBe(1);
});
