import { beforeEach, describe, expect, it } from 'vitest';
import { enrichAll } from '@/lib/sources/enrich/run';
import { poll, pollDue } from '@/lib/sources/poll/run';
import { enableSource, sourceStates } from '@/lib/sources/store';
import { emptyTables, testDatabase } from '../database';
import { bare, entry, feed, oai, oaiRecord, services } from './services';

const db = await testDatabase();
const NOW = new Date('2026-11-23T12:00:00Z');

const { play, settings } = await services(db, NOW);

beforeEach(async () => {
  await emptyTables(db);
  play.asked = [];
});

describe('visiting arXiv', () => {
  it('reads new submissions back to the newest of the poll before, asking again for pages empty by mistake', async () => {
    let calls = 0;
    play.answer = () => ({
      body:
        ++calls === 1
          ? feed()
          : feed(
              entry('2611.00002', '2026-11-22T10:00:00Z'),
              entry('2611.00001', '2026-11-01T10:00:00Z'),
            ),
    });
    expect(await poll(db, 'arxiv-atom', settings)).toMatchObject({ new: 2, goesOn: false });
    expect((await sourceStates(db)).get('arxiv-atom')).toMatchObject({
      cursor: { submittedUntil: '2026-11-22T10:00:00.000Z' },
      succeededAt: NOW,
      newsAt: NOW,
      failures: 0,
    });
    play.answer = () => ({
      body: feed(
        entry('2611.00003', '2026-11-23T10:00:00Z'),
        entry('2611.00002', '2026-11-22T10:00:00Z'),
      ),
    });
    expect(await poll(db, 'arxiv-atom', settings)).toMatchObject({ new: 1, unchanged: 1 });
  });

  it('harvests set by set over pages, leaves other categories out and begins again where a token expired', async () => {
    let expired = false;
    play.answer = ({ searchParams: q }) => {
      const token = q.get('resumptionToken');
      if (token === 'two' && !expired) {
        expired = true;
        return { body: '<OAI-PMH><error code="badResumptionToken">expired</error></OAI-PMH>' };
      }
      if (token === 'two') return { body: oai(oaiRecord('2611.00003')) };
      if (q.get('set') === 'cs')
        return { body: oai(oaiRecord('2611.00001') + oaiRecord('2611.00002', 'cs.CR'), 'two') };
      return {
        body: oai(
          '<record><header status="deleted"><identifier>oai:arXiv.org:2611.00001</identifier></header></record>',
        ),
      };
    };
    expect(await poll(db, 'arxiv-oai', settings)).toMatchObject({ new: 2 });
    expect(
      (await db.paper.findMany({ orderBy: { arxivId: 'asc' } })).map((p) => [
        p.arxivId,
        p.withdrawnAt !== null,
      ]),
    ).toEqual([
      ['2611.00001', true],
      ['2611.00003', false],
    ]);
    expect((await sourceStates(db)).get('arxiv-oai')?.cursor).toEqual({
      harvested: { cs: '2026-11-23', stat: '2026-11-23' },
      open: null,
    });
  });

  it('goes on with the token where a poll failed in the middle', async () => {
    let broken = true;
    play.answer = ({ searchParams: q }) => {
      if (q.get('resumptionToken') === 'two')
        return broken ? { status: 404, body: '' } : { body: oai(oaiRecord('2611.00002')) };
      return { body: q.get('set') === 'cs' ? oai(oaiRecord('2611.00001'), 'two') : oai('') };
    };
    expect(await poll(db, 'arxiv-oai', settings)).toMatchObject({
      problem: expect.stringMatching(/answered 404/),
    });
    expect(await db.paper.count()).toBe(1);
    expect((await sourceStates(db)).get('arxiv-oai')).toMatchObject({
      failures: 1,
      dueAt: new Date(NOW.getTime() + 900_000),
    });
    broken = false;
    play.asked = [];
    expect(await poll(db, 'arxiv-oai', settings)).toMatchObject({ new: 1 });
    expect(play.asked[0]).toContain('resumptionToken=two');
  });

  it('says so when arXiv answers with an error', async () => {
    play.answer = () => ({
      body: feed(
        '<entry><id>http://arxiv.org/api/errors#x</id><title>Error</title><summary>bad query</summary></entry>',
      ),
    });
    expect(await poll(db, 'arxiv-atom', settings)).toMatchObject({
      problem: expect.stringMatching(/bad query/),
    });
  });
});

it('asks for the last days of daily papers once a day, and for two of them in between', async () => {
  play.answer = ({ searchParams: q }) => ({
    body: JSON.stringify(
      q.get('date') === '2026-11-22'
        ? [
            {
              paper: {
                id: '2611.00001',
                title: 'A daily paper',
                summary: 'S.',
                authors: [{ name: 'A B' }],
                upvotes: 4,
                publishedAt: '2026-11-20T00:00:00Z',
              },
              numComments: 1,
            },
          ]
        : [],
    ),
  });
  await enableSource(db, 'daily-papers', true);
  expect(await pollDue(db, settings)).toMatchObject({ 'daily-papers': { new: 1 } });
  expect(play.asked).toHaveLength(4);
  expect(await pollDue(db, settings)).toEqual({});
  play.asked = [];
  await poll(db, 'daily-papers', settings);
  expect(play.asked).toHaveLength(2);
  expect(await db.signal.count()).toBe(2);
});

describe('enriching', () => {
  it('adds citations, summaries, stars and what arXiv says, and does not ask again the same day', async () => {
    play.answer = ({ pathname }, body) => {
      if (pathname === '/query')
        return {
          body: feed(entry('2611.00001', '2026-11-20T10:00:00Z', '<category term="cs.CL"/>')),
        };
      if (pathname === '/s2/paper/batch')
        return {
          body: JSON.stringify(
            JSON.parse(body).ids.map(() => ({ citationCount: 12, tldr: { text: 'Short.' } })),
          ),
        };
      return { body: '{"stargazers_count": 77}' };
    };
    await db.paper.create({ data: bare('2611.00001') });
    const ask = () =>
      enrichAll(db, {
        ...settings,
        deadline: new Date(Date.now() + 60_000),
        githubToken: null,
        semanticScholarKey: null,
      });
    expect(await ask()).toMatchObject({
      'arxiv-details': { asked: 1, updated: 1 },
      'semantic-scholar': { asked: 1, updated: 1 },
      github: { asked: 1, updated: 1 },
    });
    expect(await db.paper.findFirst()).toMatchObject({
      tldr: 'Short.',
      categories: ['cs.LG', 'cs.CL'],
    });
    expect(
      (await db.signal.findMany({ orderBy: { kind: 'asc' } })).map(({ kind, value }) => [
        kind,
        value,
      ]),
    ).toEqual([
      ['citations', 12],
      ['github-stars', 77],
    ]);
    // One run a service and call, however many batches it takes.
    expect(await db.sourceRun.count()).toBe(3);
    play.asked = [];
    await ask();
    expect(play.asked).toEqual([]);
  });

  it('gets the stars of a repository that two papers share for both, and then only if they changed', async () => {
    let stars = 77;
    play.answer = ({ pathname }) =>
      pathname.startsWith('/github')
        ? { headers: { etag: `"${stars}"` }, body: `{"stargazers_count": ${stars}}` }
        : { status: 404, body: '' };
    const ask = (days: number) => {
      const now = new Date(NOW.getTime() + days * 86_400_000);
      const deadline = new Date(Date.now() + 60_000);
      const keys = { githubToken: null, semanticScholarKey: null };
      return enrichAll(db, { ...settings, ...keys, now, deadline });
    };
    await db.paper.createMany({ data: [bare('2611.00001')] });
    expect(await ask(0)).toMatchObject({ github: { asked: 1, updated: 1 } });
    await db.paper.createMany({ data: [bare('2611.00002')] });
    expect(await ask(0)).toMatchObject({ github: { asked: 1, updated: 1 } });
    expect(await ask(70)).toMatchObject({ github: { asked: 2, updated: 0 } });
    expect(await db.signal.count()).toBe(2);
    stars = 78;
    await ask(140);
    expect(await db.signal.count()).toBe(4);
  });

  it('is not held up by a service that answers nonsense', async () => {
    play.answer = ({ pathname }) => ({ body: pathname === '/query' ? '<html>' : 'nonsense' });
    await db.paper.create({ data: bare('2611.00001') });
    const reports = await enrichAll(db, {
      ...settings,
      deadline: new Date(Date.now() + 60_000),
      githubToken: null,
      semanticScholarKey: null,
    });
    expect(reports).toMatchObject({
      'arxiv-details': { asked: 0, problem: expect.stringMatching(/something else: "<html>"/) },
      'semantic-scholar': { asked: 0, problem: expect.stringMatching(/another shape/) },
      github: { asked: 1, updated: 0 },
    });
    expect(await db.rejectedRecord.count()).toBe(0);
  });
});
