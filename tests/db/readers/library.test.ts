import { beforeEach, describe, expect, test } from 'vitest';
import { adminLog, perform } from '@/lib/admin/log-store';
import { overview } from '@/lib/admin/overview';
import { findReaders } from '@/lib/admin/readers';
import { accountZip } from '@/lib/api/account-export';
import { listLibrary } from '@/lib/api/library';
import { libraryFiles } from '@/lib/api/library-export';
import { feedPapers } from '@/lib/feed/query';
import { rankPapers } from '@/lib/feed/rank';
import { finishPending } from '@/lib/ingest/pipeline';
import { ACTIONS, type Action, type Actor, NotAllowed } from '@/lib/readers/actor';
import { countStale } from '@/lib/readers/interest-signals';
import {
  savedAmong,
  savedPapers,
  savePaper,
  shelvesOf,
  unsavePaper,
} from '@/lib/readers/library-store';
import { createToken, revokeToken, tokensOf } from '@/lib/readers/personal-token-store';
import { listFollows, putFollow, removeFollow } from '@/lib/readers/reader-follows';
import { revokeSession, sessionsOf } from '@/lib/readers/session-store';
import { noteVisit } from '@/lib/readers/visit-store';
import { castVote, takeVoteBack, votesOn } from '@/lib/readers/vote-store';
import { erase } from '@/lib/subscribers/reader-store';
import { emptyTables, testDatabase } from '../database';
import { addPapers, addReader } from '../digest/world';

const db = await testDatabase();
beforeEach(() => emptyTables(db));

const now = new Date('2026-11-23T12:00:00Z');
const at = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const place = { now, siteUrl: 'https://papers.example.org' };

async function reader(email: string): Promise<Actor & { readerId: number }> {
  const { readerId } = await addReader(db, email);
  return { kind: 'session', readerId, sessionId: 0, admin: false };
}

async function papers(count: number) {
  await addPapers(
    db,
    Array.from({ length: count }, (_, index) => ({ id: index + 1 })),
  );
  await rankPapers(
    db,
    Array.from({ length: count }, (_, index) => index + 1),
    now,
  );
}

const save = (actor: Actor, paperId: number, more: object = {}, when = now) =>
  savePaper(db, actor, { paperId, network: null, ...more }, when);

describe('a library', () => {
  test('has a paper as long as it is on a shelf, with its note', async () => {
    await papers(2);
    const actor = await reader('reader@example.org');
    expect(await save(actor, 1, { note: 'Table 4' })).toMatchObject({
      shelves: ['reading-list'],
      note: 'Table 4',
      state: 'unread',
    });
    expect(await save(actor, 1, { shelf: 'Thesis', state: 'reading' })).toMatchObject({
      shelves: ['reading-list', 'thesis'],
      note: 'Table 4',
      state: 'reading',
    });
    expect(await save(actor, 1, { labels: ['memory'] })).toMatchObject({
      shelves: ['reading-list', 'thesis'],
      labels: ['memory'],
    });
    expect(await unsavePaper(db, actor, { paperId: 1, shelf: 'reading-list' })).toBe(true);
    expect(await unsavePaper(db, actor, { paperId: 1, shelf: 'reading-list' })).toBe(false);
    expect(await savedPapers(db, actor)).toMatchObject([{ shelves: ['thesis'], note: 'Table 4' }]);
    expect(await unsavePaper(db, actor, { paperId: 1, shelf: 'Thesis' })).toBe(true);
    expect(await savedPapers(db, actor)).toEqual([]);
    expect(await save(actor, 99)).toBeNull();
    expect(await shelvesOf(db, actor)).toMatchObject([{ papers: 0 }, { papers: 0 }]);
  });

  test('makes one shelf of one name, however it is written and by how many at once', async () => {
    await papers(8);
    const actor = await reader('reader@example.org');
    await Promise.all(
      [1, 2, 3, 4, 5, 6].map((id) => save(actor, id, { shelf: id % 2 ? 'C++' : 'c++' })),
    );
    await save(actor, 7, { shelf: 'C#' });
    await save(actor, 8, { shelf: 'c-2' });
    expect((await shelvesOf(db, actor)).map(({ slug, papers: n }) => [slug, n])).toEqual([
      ['c', 6],
      ['c-2', 2],
    ]);
  });

  test('is listed from the last saved on, page by page, by shelf and state', async () => {
    await papers(5);
    const actor = await reader('reader@example.org');
    for (const id of [1, 2, 3, 4, 5]) {
      const state = id > 3 ? 'read' : 'unread';
      await save(actor, id, { shelf: id % 2 ? 'Odd' : 'Even', state }, at(id < 3 ? 0 : id));
    }
    const list = (query: object) =>
      listLibrary(db, actor, { limit: 30, ...query }, place).then(({ papers: all, next }) => ({
        ids: all.map(({ id }) => id),
        next,
      }));
    const walked: number[] = [];
    for (let after: string | undefined; ; ) {
      const { ids, next } = await list({ limit: 2, after });
      walked.push(...ids);
      if (next === null) break;
      after = next;
    }
    expect(walked).toEqual([5, 4, 3, 2, 1]);
    expect((await list({ shelf: 'odd' })).ids).toEqual([5, 3, 1]);
    expect((await list({ shelf: 'Odd', state: 'read' })).ids).toEqual([5]);
    expect((await list({ shelf: 'none' })).ids).toEqual([]);
    await expect(list({ after: 'x' })).rejects.toThrow('not one of ours');
  });

  test('is searched in the query language, and finds nobody else’s papers', async () => {
    await papers(3);
    await db.paper.update({ where: { id: 1 }, data: { title: 'Whale songs for adapters' } });
    await db.paper.update({ where: { id: 2 }, data: { title: 'Whale songs for robots' } });
    await db.pendingBatch.create({ data: { paperIds: [1, 2, 3], at: now } });
    await finishPending(db, now);
    const [actor, other] = [await reader('one@example.org'), await reader('two@example.org')];
    await save(actor, 1);
    await save(actor, 3);
    await save(other, 2);
    const find = (who: Actor, q: string) =>
      listLibrary(db, who, { q, limit: 30 }, place).then(({ papers: all }) => all.map((p) => p.id));
    expect(await find(actor, 'whale songs')).toEqual([1]);
    expect(await find(actor, 'whale -adapters')).toEqual([]);
    expect(await find(actor, '"Whale songs for robots"')).toEqual([]);
    expect(await find(actor, 'Whale songs for robots')).toEqual([]);
    expect(await find(other, 'whale')).toEqual([2]);
  });

  test('goes out in every format, with keys of their own and without what would break one', async () => {
    await papers(2);
    const title = 'A [title](javascript:x) with } and\n# lines';
    await db.paper.updateMany({ data: { title, authors: ['Ada Lovelace'] } });
    const actor = await reader('reader@example.org');
    for (const id of [1, 2]) await save(actor, id, { note: 'first\nsecond' });
    const file = await libraryFiles(db, actor, {}, place);
    const keys = [...file('bib').matchAll(/^@\w+\{([^,]+),$/gm)].map(([, key]) => key);
    expect(new Set(keys).size).toBe(2);
    expect(JSON.parse(file('csl.json')).map(({ id }: { id: string }) => id)).toEqual(keys);
    expect(file('ris').match(/^ER {2}- /gm)).toHaveLength(2);
    const lines = file('jsonl').trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).saved.note)).toEqual(
      Array(2).fill('first\nsecond'),
    );
    expect(file('md')).toContain('  > first\n  > second\n');
    expect(file('md')).toContain('\\[title\\](javascript:x) with } and \\# lines');
  });
});

describe('the ranking', () => {
  test('counts each vote and save once, and forgets those of whoever is erased', async () => {
    await papers(2);
    const voters = await Promise.all([1, 2, 3].map((n) => reader(`voter-${n}@example.org`)));
    await Promise.all(
      voters.flatMap((actor, n) =>
        [1, 2, 3].map(() =>
          castVote(db, actor, { paperId: 1, value: n === 2 ? -1 : 1, network: `n${n}` }, now),
        ),
      ),
    );
    await save(voters[0]!, 1);
    expect(await countStale(db, now)).toEqual({ readerSignals: 1 });
    expect(await countStale(db, now)).toEqual({ readerSignals: 0 });
    const signals = async () => {
      const [paper] = await feedPapers(db, [1], at(60));
      return Object.fromEntries(paper!.signals.map(({ kind, value }) => [kind, value]));
    };
    expect(await signals()).toMatchObject({ votes: 2, saves: 1 });
    const [before] = await db.paperScore.findMany({ where: { paperId: 1 } });
    expect(before!.signal).toBeGreaterThan(0);
    await erase(db, voters[0]!.readerId, now);
    await countStale(db, at(1));
    expect(await signals()).toMatchObject({ votes: 1, saves: 0 });
    const [after] = await db.paperScore.findMany({ where: { paperId: 1 } });
    expect(after!.score).toBeLessThan(before!.score);
  });

  test('weighs a vote by who gives it, and what is shown adds up to the score', async () => {
    await papers(2);
    const [fresh, old] = [await reader('fresh@example.org'), await reader('old@example.org')];
    await db.reader.update({
      where: { id: old.readerId },
      data: { createdAt: new Date('2026-01-01T00:00:00Z') },
    });
    await db.reader.update({ where: { id: fresh.readerId }, data: { createdAt: now } });
    await castVote(db, fresh, { paperId: 1, value: 1, network: 'a' }, now);
    await castVote(db, old, { paperId: 1, value: 1, network: 'a' }, now);
    await castVote(db, old, { paperId: 2, value: 1, network: 'a' }, at(1));
    const weights = await db.vote.findMany({ orderBy: [{ at: 'asc' }, { readerId: 'asc' }] });
    // Old but without a paper yet: fresh; the second from one network counts for half.
    expect(weights.map(({ weight }) => Number(weight.toFixed(2)))).toEqual([0.05, 0.03, 0.1]);
    await countStale(db, at(2));
    const [paper] = await feedPapers(db, [2], at(3));
    const [row] = await db.paperScore.findMany({ where: { paperId: 2 } });
    expect(paper!.why.score).toBeCloseTo(row!.score, 1);
    expect(paper!.why.parts.find(({ key }) => key === 'readers')?.detail).toContain('weigh 0.1');
  });

  test('is not moved by "not for me"', async () => {
    await papers(1);
    const actor = await reader('reader@example.org');
    await castVote(db, actor, { paperId: 1, value: -1, network: null }, now);
    expect(await countStale(db, now)).toEqual({ readerSignals: 0 });
  });
});

/** Every action, by what does it. */
const DO: Record<Action, ((actor: Actor) => Promise<unknown>) | null> = {
  'vote:read': (actor) => votesOn(db, actor, [1]),
  'vote:write': async (actor) => {
    await castVote(db, actor, { paperId: 1, value: 1, network: null }, now);
    return takeVoteBack(db, actor, 1);
  },
  'library:read': async (actor) => {
    await savedAmong(db, actor, [1]);
    await shelvesOf(db, actor);
    return savedPapers(db, actor);
  },
  'library:write': async (actor) => {
    await save(actor, 1);
    return unsavePaper(db, actor, { paperId: 1 });
  },
  'follow:read': (actor) => listFollows(db, actor),
  'follow:write': async (actor) => {
    await putFollow(db, actor, 'tag', 'peft', now);
    return removeFollow(db, actor, 'tag', 'peft');
  },
  'visit:write': (actor) => noteVisit(db, actor, now),
  'account:export': (actor) => accountZip(db, actor, place),
  'session:read': (actor) => sessionsOf(db, actor),
  'session:revoke': (actor) => revokeSession(db, actor, 1),
  'token:read': (actor) => tokensOf(db, actor),
  'token:create': (actor) => createToken(db, actor, { name: 'a', scopes: ['read'] }, now),
  'token:revoke': (actor) => revokeToken(db, actor, 1),
  // By the routes: lib/mail erases, and interests have a table and no code yet.
  'account:erase': null,
  'interest:read': null,
  'interest:write': null,
  'admin:read': async (actor) => {
    await findReaders(db, actor, 'example', 'a key of suppressions');
    await adminLog(db, actor, { before: null, limit: 1 });
    const { statuses } = await overview(
      db,
      actor,
      { clock: true, dataDir: '.', backupDir: null },
      now,
    );
    return statuses;
  },
  'admin:write': (actor) =>
    perform(db, actor, { act: 'readers-export', reason: 'to try' }, now, async () => ({
      value: 1,
    })),
};

describe('who may do what', () => {
  const actions = (Object.keys(ACTIONS) as Action[]).filter((action) => DO[action]);

  test.each(actions)('%s: only who may, and only with their own', async (action) => {
    await papers(1);
    const owner = await reader('owner@example.org');
    const { readerId } = await reader('other@example.org');
    const run = DO[action]!;
    const needed = ACTIONS[action];
    const tokens = (['read', 'write', 'account'] as const).map((scope): [string, Actor] => [
      scope,
      { kind: 'token', readerId, scopes: [scope] },
    ]);
    const others: [string, Actor][] = [
      ['anonymous', { kind: 'anonymous' }],
      ['session', { kind: 'session', readerId, sessionId: 0, admin: false }],
      ['admin', { kind: 'session', readerId, sessionId: 0, admin: true }],
      ['link', { kind: 'link', readerId }],
      ['none', { kind: 'token', readerId, scopes: [] }],
      ...tokens,
    ];
    await castVote(db, owner, { paperId: 1, value: 1, network: null }, now);
    await save(owner, 1, { note: 'mine' });
    await createToken(db, owner, { name: 'mine', scopes: ['read'] }, now);
    await putFollow(db, owner, 'tag', 'peft', now);
    await putFollow(db, owner, 'search', 'mine', now);
    const own = async () =>
      JSON.stringify([
        await db.vote.findMany({ where: { readerId: owner.readerId } }),
        await db.savedPaper.findMany({ where: { readerId: owner.readerId } }),
        await db.personalToken.findMany({ where: { readerId: owner.readerId } }),
        await db.follow.findMany({ where: { readerId: owner.readerId } }),
      ]);
    const before = await own();
    for (const [name, actor] of others) {
      const may =
        name === 'admin' ||
        (name === 'session' && needed !== 'admin') ||
        name === needed ||
        (name === 'link' && ['vote:write', 'library:write'].includes(action));
      const done = run(actor);
      if (may) expect(JSON.stringify(await done), name).not.toContain('mine');
      else await expect(done, name).rejects.toThrow(NotAllowed);
      expect(await own(), name).toBe(before);
    }
  });
});
