import { beforeEach, describe, expect, it } from 'vitest';
import type { SourceName } from '@/lib/sources/config';
import { OutOfTime, type Transport } from '@/lib/sources/fetch/transport';
import { poll } from '@/lib/sources/poll/run';
import { sourceStates } from '@/lib/sources/store';
import { emptyTables, testDatabase } from '../database';
import { bare, entry, feed, oai, oaiRecord, services } from './services';

const db = await testDatabase();
const NOW = new Date('2026-11-23T12:00:00Z');
const { play, settings } = await services(db, NOW);

beforeEach(async () => {
  await emptyTables(db);
  play.asked = [];
});

const cursorOf = async (name: SourceName) => (await sourceStates(db)).get(name)?.cursor ?? null;
const total = (count: number) => `<opensearch:totalResults>${count}</opensearch:totalResults>`;
const HTML = '<html><body>Down for maintenance</body></html>';

/** A time budget that is used up after so many requests. */
function budget(requests: number): Transport {
  let left = requests;
  return {
    get: (...question) => {
      if (left-- === 0) throw new OutOfTime('used up');
      return settings.transport.get(...question);
    },
  };
}

describe('an answer that is none leaves the cursor where it was', () => {
  const cutOff = '<OAI-PMH><ListRecords><record><header><identifier>oai:arXiv.org:2611.00001';
  const badToken = `<OAI-PMH><ListRecords>${oaiRecord('2611.00001')}<resumptionToken a="1" a="2">two</resumptionToken></ListRecords></OAI-PMH>`;
  it.each<[SourceName, string, string, RegExp]>([
    ['arxiv-oai', 'a web page', HTML, /something else: "<html><body>Down/],
    ['arxiv-oai', 'a line of text', 'Rate exceeded.', /something else: "Rate exceeded."/],
    ['arxiv-oai', 'nothing', '', /answered with nothing/],
    ['arxiv-oai', 'a page cut inside a record', cutOff, /cut off/],
    ['arxiv-oai', 'a page without anything', '<OAI-PMH></OAI-PMH>', /no records, no error/],
    ['arxiv-oai', 'a token that is not readable', badToken, /token that cannot be read/],
    ['arxiv-oai', 'unreadable records', oai('<record><a></record>'), /nothing on the page/],
    ['arxiv-atom', 'a web page', HTML, /something else/],
    ['arxiv-atom', 'a cut page', '<feed><entry><id>http://arxiv.org/abs/2611', /cut off/],
    ['arxiv-atom', 'empty pages only', feed(total(3000)), /empty page at 0 of 3000/],
    ['arxiv-atom', 'unreadable entries', feed('<entry><a></entry>'), /nothing on the page/],
    ['arxiv-rss', 'a web page', HTML, /something else/],
    ['daily-papers', 'a web page', HTML, /something else/],
    ['daily-papers', 'a cut list', '[{"paper": {"id": "2611.00001"', /cut off/],
  ])('%s: %s', async (name, _, body, problem) => {
    play.answer = () => ({ body });
    expect(await poll(db, name, settings)).toEqual({ problem: expect.stringMatching(problem) });
    expect(await cursorOf(name)).toBeNull();
    expect((await sourceStates(db)).get(name)).toMatchObject({ succeededAt: null, failures: 1 });
  });
});

describe('harvesting', () => {
  it('counts revisions as news', async () => {
    await db.paper.create({ data: bare('2611.00001') });
    play.answer = () => ({ body: oai(oaiRecord('2611.00001')) });
    expect(await poll(db, 'arxiv-oai', settings)).toMatchObject({ new: 0, updated: 1 });
    expect((await sourceStates(db)).get('arxiv-oai')?.newsAt).toEqual(NOW);
  });

  it('takes an empty list that says so as the end', async () => {
    play.answer = () => ({
      body: '<OAI-PMH><error code="noRecordsMatch">none</error></OAI-PMH>',
    });
    expect(await poll(db, 'arxiv-oai', settings)).toMatchObject({ read: 0, goesOn: false });
  });

  it('begins again once where a token is always bad, then fails', async () => {
    play.answer = ({ searchParams: q }) => ({
      body: q.get('resumptionToken')
        ? '<OAI-PMH><error code="badResumptionToken">no</error></OAI-PMH>'
        : oai(oaiRecord('2611.00001'), 'two'),
    });
    expect(await poll(db, 'arxiv-oai', settings)).toMatchObject({
      problem: expect.stringMatching(/badResumptionToken/),
    });
    expect(play.asked).toHaveLength(4);
  });

  it('fails where a token leads back to its own page', async () => {
    play.answer = () => ({ body: oai(oaiRecord('2611.00001'), 'two') });
    expect(await poll(db, 'arxiv-oai', settings)).toMatchObject({
      problem: expect.stringMatching(/leads back/),
    });
    expect(play.asked).toHaveLength(2);
  });
});

describe('new submissions', () => {
  const page = (start: number) =>
    feed(
      total(6),
      ...[0, 1].map((i) =>
        entry(`2611.0000${9 - start - i}`, `2026-11-22T${20 - start - i}:00:00Z`),
      ),
    );

  it('are read to the end by polls that have time for one page each', async () => {
    play.answer = ({ searchParams: q }) => ({ body: page(Number(q.get('start'))) });
    const once = () => poll(db, 'arxiv-atom', { ...settings, transport: budget(1) });
    expect(await once()).toMatchObject({ new: 2, goesOn: true });
    expect(await once()).toMatchObject({ new: 2, goesOn: true });
    expect(await cursorOf('arxiv-atom')).toMatchObject({
      submittedUntil: null,
      open: { start: 4 },
    });
    expect(await once()).toMatchObject({ new: 2, goesOn: false });
    expect(play.asked.map((path) => /start=(\d+)/.exec(path)?.[1])).toEqual(['0', '2', '4']);
    expect(await cursorOf('arxiv-atom')).toEqual({
      submittedUntil: '2026-11-22T20:00:00.000Z',
      open: null,
    });
  });

  it('go on at a later page that was empty by mistake, and lose nothing', async () => {
    let broken = true;
    play.answer = ({ searchParams: q }) => ({
      body: q.get('start') !== '0' && broken ? feed(total(6)) : page(Number(q.get('start'))),
    });
    expect(await poll(db, 'arxiv-atom', settings)).toMatchObject({
      problem: expect.stringMatching(/empty page at 2 of 6/),
    });
    broken = false;
    expect(await poll(db, 'arxiv-atom', settings)).toMatchObject({ new: 4, goesOn: false });
    expect(await db.paper.count()).toBe(6);
  });

  it('are not hidden by a date in the future', async () => {
    play.answer = () => ({
      body: feed(
        total(2),
        entry('2611.00002', '2027-11-22T10:00:00Z'),
        entry('2611.00001', '2026-11-22T10:00:00Z'),
      ),
    });
    await poll(db, 'arxiv-atom', settings);
    expect(await cursorOf('arxiv-atom')).toMatchObject({
      submittedUntil: '2026-11-22T10:00:00.000Z',
    });
  });
});

it('asks a source that wants to be left alone when it said, not earlier', async () => {
  play.answer = () => ({ status: 503, headers: { 'retry-after': '7200' }, body: '' });
  expect(await poll(db, 'arxiv-oai', settings)).toMatchObject({
    problem: expect.stringMatching(/asks not to be asked before .* UTC/),
  });
  const { dueAt } = (await sourceStates(db)).get('arxiv-oai')!;
  expect(Math.abs(dueAt!.getTime() - Date.now() - 7_200_000)).toBeLessThan(60_000);
});

it('asks for daily papers whole only where they changed', async () => {
  const paper = (id: string) => ({
    paper: { id, title: `Paper ${id}`, summary: 'S.', upvotes: 1 },
  });
  play.answer = ({ searchParams: q }) => ({
    headers: { etag: `"${q.get('date')}"` },
    body: JSON.stringify([paper(`2611.000${q.get('date')!.slice(-2)}`)]),
  });
  expect(await poll(db, 'daily-papers', settings)).toMatchObject({ new: 4 });
  expect(await poll(db, 'daily-papers', settings)).toMatchObject({ read: 0, goesOn: false });
  expect(play.asked).toHaveLength(6);
});

it('asks again for announcements of which a category came from an earlier day', async () => {
  const item = (id: string, category: string, day: number) =>
    `<item><title>Paper ${id}</title><link>https://arxiv.org/abs/${id}</link><guid>oai:arXiv.org:${id}v1</guid><description>arXiv:${id}v1 Announce Type: new\nAbstract: Text.</description><category>${category}</category><pubDate>${day} Nov 2026 00:00:00 -0500</pubDate></item>`;
  const rss = (day: number) =>
    `<rss>${item('2611.00002', 'cs.CL', 23)}${item('2611.00001', 'cs.LG', day)}</rss>`;
  let day = 20;
  play.answer = () => ({ headers: { etag: '"same"' }, body: rss(day) });
  expect(await poll(db, 'arxiv-rss', settings)).toMatchObject({ read: 2 });
  expect(await db.sourceRun.findFirst()).toMatchObject({
    message: expect.stringMatching(/older batch of cs.LG/),
  });
  day = 23;
  expect(await poll(db, 'arxiv-rss', settings)).toMatchObject({ read: 2 });
  expect(await poll(db, 'arxiv-rss', settings)).toMatchObject({ read: 0 });
});
