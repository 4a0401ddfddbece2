import { beforeEach, expect, test } from 'vitest';
import { correctPaper, NotACorrection, type TypedCorrection } from '@/lib/admin/correct';
import { adminLog, publicLog } from '@/lib/admin/log-store';
import {
  findPapers,
  hidePaper,
  paperDetails,
  pinPaper,
  tagPaper,
  unhidePaper,
  unpinPaper,
} from '@/lib/admin/paper-acts';
import { clearAllRejected, rejectedRecords, retryAllRejected } from '@/lib/admin/rejected';
import { sql } from '@/lib/db/sql';
import { catalogueVersion } from '@/lib/feed/catalogue-version';
import { makeFeed } from '@/lib/feed/filters';
import { openFeed } from '@/lib/feed/query';
import { rankPapers } from '@/lib/feed/rank';
import type { ReadItem } from '@/lib/ingest/read-item';
import { keepRejected } from '@/lib/ingest/rejected-store';
import { ingest } from '@/lib/ingest/run';
import type { PaperRecord } from '@/lib/papers/paper';
import { findByArxivId, getPaper } from '@/lib/papers/store';
import { type Actor, COMMAND_LINE, NotAllowed } from '@/lib/readers/actor';
import { retagPapers } from '@/lib/tags/store';
import { cli } from '../../server';
import { emptyTables, testDatabase } from '../database';
import { addPapers } from '../digest/world';
import { cliSettings } from '../sources/settings';

const db = await testDatabase();
const now = new Date('2026-11-23T12:00:00Z');
beforeEach(async () => {
  await emptyTables(db);
  await addPapers(db, [{ id: 1 }, { id: 2 }, { id: 3 }]);
  await rankPapers(db, [1, 2, 3], now);
});

const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
const reason = 'its authors asked us to';
const deed = (paperId: number) => ({ paperId, reason });
const log = () => publicLog(db, { before: null, limit: 10 });

async function front(at = now) {
  const { papers, pinned } = await openFeed(db, makeFeed(), { limit: 10, now: at });
  return { ids: papers.map(({ id }) => id), pinned: [...pinned] };
}

test('nobody but an admin or the operator does anything to a paper', async () => {
  const reader: Actor = { kind: 'session', readerId: 1, sessionId: 1, admin: false };
  const before = await front();
  for (const actor of [{ kind: 'anonymous' } as const, reader]) {
    for (const act of [hidePaper, unhidePaper, pinPaper, unpinPaper]) {
      await expect(act(db, actor, deed(1), now)).rejects.toThrow(NotAllowed);
    }
    const tag = { ...deed(1), slug: 'survey', how: 'add' } as const;
    await expect(tagPaper(db, actor, tag, now)).rejects.toThrow(NotAllowed);
    await expect(paperDetails(db, actor, 1)).rejects.toThrow(NotAllowed);
    await expect(findPapers(db, actor, '1')).rejects.toThrow(NotAllowed);
  }
  expect(await front()).toEqual(before);
  expect(await log()).toEqual([]);
});

test('a hidden paper is in no feed until it is shown again; the log names it only then', async () => {
  const version = await catalogueVersion(db);
  expect(await hidePaper(db, COMMAND_LINE, deed(2), now)).toEqual({ paperId: 2 });
  expect(await hidePaper(db, COMMAND_LINE, deed(2), now)).toBeNull();
  expect(await hidePaper(db, COMMAND_LINE, deed(999), now)).toBeNull();
  expect(await catalogueVersion(db)).not.toBe(version);
  expect((await front()).ids).not.toContain(2);
  expect(await getPaper(db, 2)).toBeNull();
  expect(await log()).toMatchObject([{ act: 'hide', paperId: 2, title: null, reason }]);
  expect(await findPapers(db, COMMAND_LINE, '2')).toMatchObject([{ id: 2, hiddenAt: now }]);
  expect(await unhidePaper(db, COMMAND_LINE, deed(2), now)).toEqual({ paperId: 2 });
  expect(await unhidePaper(db, COMMAND_LINE, deed(2), now)).toBeNull();
  expect((await front()).ids).toContain(2);
  const [shown] = await log();
  expect(shown).toMatchObject({ act: 'unhide', byOperator: true });
  expect(shown!.title).not.toBeNull();
});

test('a pinned paper is first on the front page for a day, once, and nowhere else', async () => {
  const { ids } = await front();
  const last = ids.at(-1)!;
  await pinPaper(db, COMMAND_LINE, deed(last), now);
  const pinned = await front(later(23));
  expect(pinned.pinned).toEqual([last]);
  expect(pinned.ids).toEqual([last, ...ids.slice(0, -1)]);
  const other = await openFeed(db, makeFeed({ view: 'new' }), { limit: 10, now });
  expect(other.pinned.size).toBe(0);
  expect((await front(later(25))).pinned).toEqual([]);
  expect(await unpinPaper(db, COMMAND_LINE, deed(last), now)).toEqual({ paperId: last });
  expect(await unpinPaper(db, COMMAND_LINE, deed(last), now)).toBeNull();
  expect(await front()).toEqual({ ids, pinned: [] });
  await pinPaper(db, COMMAND_LINE, deed(last), now);
  await hidePaper(db, COMMAND_LINE, deed(last), now);
  expect(await pinPaper(db, COMMAND_LINE, deed(last), now)).toBeNull();
  expect((await front()).ids).toEqual(ids.slice(0, -1));
});

test('a tag by hand is in the feeds, outlives tagging anew, and is left to the tagger again', async () => {
  const tag = (how: 'add' | 'remove' | 'clear') =>
    tagPaper(db, COMMAND_LINE, { ...deed(1), slug: 'survey', how }, now);
  const listed = async () => {
    const page = await openFeed(db, makeFeed({ tags: ['survey'] }), { limit: 5, now });
    return page.papers.map(({ id }) => id);
  };
  expect(await tag('clear')).toBeNull();
  expect(await tag('add')).toEqual({ paperId: 1 });
  await retagPapers(db, [1]);
  expect(await listed()).toEqual([1]);
  expect((await paperDetails(db, COMMAND_LINE, 1))!.tags).toContainEqual({
    slug: 'survey',
    byHand: true,
    removed: false,
  });
  await tag('remove');
  expect(await listed()).toEqual([]);
  expect(await tag('clear')).toEqual({ paperId: 1 });
  expect((await log()).map(({ act, detail }) => `${act} ${detail}`)).toEqual([
    'tag-clear Survey',
    'tag-remove Survey',
    'tag-add Survey',
  ]);
  const wrong = { ...deed(1), slug: 'no-such-tag', how: 'add' } as const;
  expect(() => tagPaper(db, COMMAND_LINE, wrong, now)).toThrow('no tag');
});

test('the logs are read on by the last id', async () => {
  for (const act of [hidePaper, unhidePaper]) await act(db, COMMAND_LINE, deed(1), now);
  const [first] = await publicLog(db, { before: null, limit: 1 });
  const [second] = await publicLog(db, { before: first!.id, limit: 1 });
  expect([first!.act, second!.act]).toEqual(['unhide', 'hide']);
  expect(await adminLog(db, COMMAND_LINE, { before: second!.id, limit: 5 })).toEqual([]);
});

test('the command line acts by the same code, and asks why', async () => {
  const run = (...words: string[]) => cli(words, cliSettings());
  expect((await run('papers', 'hide', '1')).err).toContain('--why');
  expect((await run('papers', 'hide', '1', '--why', reason)).code).toBe(0);
  expect((await run('papers', 'find', '1')).out).toContain('hidden');
  expect((await run('tags', 'add', '3', 'survey', '--why', reason)).out).toContain('by hand');
  expect((await log()).map(({ act }) => act)).toEqual(['tag-add', 'hide']);
});

test('a correction stays, whatever later imports say, and the rest is merged as before', async () => {
  // Beyond the ids that the tests gave by hand.
  await db.$queryRaw(sql`select setval('paper_id_seq', 100)::text`);
  const record: PaperRecord = {
    source: 'arxiv-atom',
    title: 'A robbot that learns',
    abstract: 'We teach it. Code at https://github.com/wrong/code.',
    authors: ['Ada Lovelace', 'Somebody Else'],
    arxivId: '2611.00001',
    categories: ['cs.RO'],
    keywords: [],
    publishedAt: new Date('2026-11-20T10:00:00Z'),
    codeUrl: 'https://github.com/wrong/code',
    signals: [],
  };
  async function* items(more: Partial<PaperRecord> = {}): AsyncGenerator<ReadItem> {
    yield { kind: 'record', at: 'here', record: { ...record, ...more } };
  }
  await ingest(db, items(), { now, source: 'arxiv-atom' });
  const paperId = (await findByArxivId(db, '2611.00001'))!;
  const correct = (typed: TypedCorrection) =>
    correctPaper(db, COMMAND_LINE, { ...deed(paperId), typed }, now);
  const asShown = {
    title: 'A robbot that learns',
    abstract: `${record.abstract}\r\n`,
    authors: record.authors,
    publishedOn: '2026-11-20',
    codeUrl: 'https://github.com/wrong/code',
    projectUrl: '',
  };
  // A form that was sent as it stood corrects nothing.
  expect(await correct(asShown)).toBeNull();
  const right = {
    ...asShown,
    title: 'A robot that learns',
    authors: ['Ada Lovelace'],
    codeUrl: '',
  };
  expect(await correct(right)).toEqual({ paperId });
  const check = async () => {
    const { title, authors, codeUrl, publishedAt, version } = (await getPaper(db, paperId))!;
    expect({ title, authors, codeUrl, publishedAt }).toEqual({
      title: 'A robot that learns',
      authors: ['Ada Lovelace'],
      codeUrl: null,
      publishedAt: record.publishedAt,
    });
    return version;
  };
  await check();
  // A revision brings what nobody corrected.
  const revised = { version: 2, comment: 'accepted', revisedAt: now };
  await ingest(db, items({ ...revised, title: 'A robbot again' }), { now, source: 'arxiv-atom' });
  expect(await check()).toBe(2);
  expect((await getPaper(db, paperId))!.comment).toBe('accepted');
  const [logged] = await log();
  expect(logged).toMatchObject({ act: 'correct', detail: 'title, authors, link to code' });
  for (const wrong of [
    { title: ' ' },
    { codeUrl: 'javascript:alert(1)' },
    { publishedOn: 'soon' },
    { publishedOn: '2999-01-01' },
  ]) {
    await expect(correct(wrong)).rejects.toThrow(NotACorrection);
  }
  await check();
  const reader: Actor = { kind: 'session', readerId: 1, sessionId: 1, admin: false };
  const mine = correctPaper(db, reader, { ...deed(paperId), typed: { title: 'Mine' } }, now);
  await expect(mine).rejects.toThrow(NotAllowed);
});

test('rejected records are tried again and forgotten, each with a row in the log', async () => {
  const rejection = { format: 'bibtex', input: 'a.bib', place: 'entry 1', reason: 'no title' };
  await keepRejected(db, [{ ...rejection, raw: '@article{a, year = 2026}' }], now);
  const { latest, count } = await rejectedRecords(db, COMMAND_LINE, 10);
  expect([count, latest[0]!.place]).toEqual([1, 'entry 1']);
  await retryAllRejected(db, COMMAND_LINE, { reason, now: later(1) });
  expect((await rejectedRecords(db, COMMAND_LINE, 10)).count).toBe(1);
  expect(await clearAllRejected(db, COMMAND_LINE, reason, now)).toEqual({ count: 1 });
  expect(await clearAllRejected(db, COMMAND_LINE, reason, now)).toBeNull();
  const acts = await adminLog(db, COMMAND_LINE, { before: null, limit: 10 });
  expect(acts.map(({ act, detail }) => [act, detail])).toEqual([
    ['rejected-clear', '1 records'],
    ['rejected-retry', '0 new, 0 updated, 1 rejected again'],
  ]);
  expect(await log()).toEqual([]);
  const reader: Actor = { kind: 'session', readerId: 1, sessionId: 1, admin: false };
  await expect(rejectedRecords(db, reader, 1)).rejects.toThrow(NotAllowed);
  await expect(retryAllRejected(db, reader, { reason, now })).rejects.toThrow(NotAllowed);
  await expect(async () => clearAllRejected(db, reader, reason, now)).rejects.toThrow(NotAllowed);
});
