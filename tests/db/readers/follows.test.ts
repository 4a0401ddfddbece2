import { afterAll, beforeEach, expect, test } from 'vitest';
import { searchPapersFor } from '@/lib/digest/saved-search';
import type { Actor } from '@/lib/readers/actor';
import { isFollowed, listFollows, putFollow, removeFollow } from '@/lib/readers/reader-follows';
import { indexPapers } from '@/lib/search/index/store';
import { type FollowKind, MOST_FOLLOWED } from '@/lib/subscribers/follow';
import { findReader } from '@/lib/subscribers/reader-store';
import { muteTag } from '@/lib/subscribers/subscription-store';
import { emptyTables, testDatabase } from '../database';
import { addReader, runAt, type Sink, startSink } from '../digest/world';
import { addPaper } from '../search/papers';

const db = await testDatabase();
const sink: Sink = await startSink();
afterAll(() => sink.stop());
beforeEach(async () => {
  await emptyTables(db);
  sink.received.length = 0;
});

const now = new Date('2026-11-23T07:00:00Z');
const EMAIL = 'reader@example.org';

async function reader(changes: Parameters<typeof addReader>[2] = {}) {
  const made = await addReader(db, EMAIL, changes);
  const actor: Actor = { kind: 'session', readerId: made.readerId, sessionId: 1, admin: false };
  const follow = (kind: FollowKind, text: string) => putFollow(db, actor, kind, text, now);
  const follows = async () =>
    (await listFollows(db, actor)).map(({ kind, value, name }) => [kind, value, name]);
  return { ...made, actor, follow, follows };
}

test('what is followed is kept in one spelling, once', async () => {
  const { follow, follows } = await reader();
  for (const [kind, text] of [
    ['tag', 'peft'],
    ['author', 'Yann LeCun'],
    ['author', 'yann-lecun'],
    ['search', 'author:"YANN LECUN"'],
    ['category', 'CS.cl'],
    ['category', 'cs.CL'],
    ['search', '  whale   songs '],
    ['search', 'whale songs'],
  ] as const) {
    expect(await follow(kind, text), text).toMatchObject({ ok: true });
  }
  expect(await follows()).toEqual([
    ['tag', 'peft', null],
    ['author', 'yann-lecun', 'Yann LeCun'],
    ['category', 'cs.CL', null],
    ['search', 'whale songs', null],
  ]);
});

test.each([
  ['tag', 'no-such-tag', /no tag .*\/tags/],
  ['tag', "'; drop table follow; --", /no tag/],
  ['category', 'cs.Nothing', /no category/],
  ['author', '***', /An author is a name/],
  ['author', 'a'.repeat(300), /at most 200/],
  ['search', ' ', /something to look for/],
  ['search', 'sort:new', /something to look for/],
  ['search', 'x'.repeat(301), /at most 300/],
] as const)('what is no %s to follow is refused: %s', async (kind, text, problem) => {
  const { follow, follows } = await reader();
  expect(await follow(kind, text)).toMatchObject({
    ok: false,
    why: 'unknown',
    problem: expect.stringMatching(problem),
  });
  expect(await follows()).toEqual([]);
});

test('nobody follows more than a reader may, at once or one after the other', async () => {
  const { follow, follows } = await reader();
  const most = MOST_FOLLOWED.search;
  const outcomes = await Promise.all(
    Array.from({ length: most + 3 }, (_, i) => follow('search', `word${i}`)),
  );
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(most);
  expect(await follows()).toHaveLength(most);
  expect(await follow('search', 'more')).toMatchObject({ ok: false, why: 'full' });
  // What is followed already is no more.
  expect(await follow('search', (await follows())[0]![1] as string)).toMatchObject({ ok: true });
});

test('unfollowing takes away what was followed, however it is written', async () => {
  const { actor, follow, follows } = await reader();
  await follow('author', 'Yann LeCun');
  await follow('tag', 'peft');
  expect(await isFollowed(db, actor, 'author', 'YANN LeCun')).toBe(true);
  expect(await removeFollow(db, actor, 'author', 'yann-lecun')).toBe(true);
  expect(await removeFollow(db, actor, 'author', 'yann-lecun')).toBe(false);
  expect(await isFollowed(db, actor, 'author', 'YANN LeCun')).toBe(false);
  expect(await follows()).toEqual([['tag', 'peft', null]]);
});

test('a tag is followed or muted, whichever was said last', async () => {
  const { readerId, subscriptionId, follow } = await reader();
  const now = async () => {
    const { tags, mutedTags } = (await findReader(db, readerId))!.subscription;
    return { tags, mutedTags };
  };
  await muteTag(db, subscriptionId, 'peft');
  await follow('tag', 'peft');
  expect(await now()).toEqual({ tags: ['peft'], mutedTags: [] });
  await muteTag(db, subscriptionId, 'peft');
  expect(await now()).toEqual({ tags: [], mutedTags: ['peft'] });
});

test('the digest has what trends in followed tags and categories, and what followed authors wrote', async () => {
  const { follow } = await reader({ maxPapers: 10 });
  const papers = [
    { title: 'Adapters', authors: ['Ada Doe'], tags: ['peft'] },
    { title: 'Parsers', authors: ['Bo Roe'], categories: ['cs.CL'] },
    { title: 'Proofs', authors: ['Cy Poe'], categories: ['math.CO'] },
    { title: 'Whales', authors: ['Yann LeCun'], categories: ['q-bio.PE'] },
    { title: 'Stars', authors: ['Di Moe'], categories: ['astro-ph.GA'] },
  ];
  const ids = await Promise.all(papers.map((paper) => addPaper(db, paper)));
  await indexPapers(db, ids);
  await follow('tag', 'peft');
  await follow('category', 'cs.CL');
  await follow('category', 'math');
  await follow('author', 'Yann LeCun');
  await runAt(db, sink, '2026-11-23T08:00:00Z', { search: searchPapersFor(db) });
  const [mail] = await sink.mailsTo(EMAIL);
  const text = mail!.text!;
  for (const title of ['Adapters', 'Parsers', 'Proofs', 'Whales']) expect(text).toContain(title);
  expect(text).not.toContain('Stars');
  expect(text).toContain('Papers by Yann LeCun');
  const [sent] = await db.delivery.findMany({ select: { content: true } });
  expect(JSON.stringify(sent!.content)).toContain('By Yann LeCun, whom you follow');
  expect(text).toMatch(/because you follow PEFT, cs\.CL and 2 more\. /);
});
