import { beforeEach, describe, expect, test } from 'vitest';
import { rankPapers } from '@/lib/feed/rank';
import { feedActor, feedUrl, renewFeed } from '@/lib/interests/feed-link';
import { type ForReader, forReader, openInterest } from '@/lib/interests/for-reader';
import {
  changeInterest,
  createInterest,
  deleteInterest,
  interestsOf,
  MOST_INTERESTS,
  resetInterest,
} from '@/lib/interests/interest-store';
import { papersInBibtex, papersNamed, papersPasted } from '@/lib/interests/references';
import { ACTIONS, type Actor, ANONYMOUS, NotAllowed } from '@/lib/readers/actor';
import { savePaper } from '@/lib/readers/library-store';
import { castVote } from '@/lib/readers/vote-store';
import { mergeLexicon } from '@/lib/search/index/lexicon-changes';
import { indexPapers } from '@/lib/search/index/store';
import { emptyTables, testDatabase } from '../database';
import { addReader } from '../digest/world';
import { addPaper } from '../search/papers';

const db = await testDatabase();
beforeEach(() => emptyTables(db));

const now = new Date('2026-11-23T12:00:00Z');
const SECRET = 'a secret of thirty-two characters';

async function reader(email: string): Promise<Actor & { readerId: number }> {
  const { readerId } = await addReader(db, email);
  return { kind: 'session', readerId, sessionId: 0, admin: false };
}

/** Papers on graphs in math, on robots in cs, and some on anything. */
async function catalogue() {
  const graphs: number[] = [];
  const robots: number[] = [];
  const add = (title: string, abstract: string, categories: string[]) =>
    addPaper(db, { title, abstract, categories });
  for (let i = 0; i < 12; i++) {
    const n = 'abcdefghijkl'[i]!;
    graphs.push(
      await add(`Chromatic colouring ${n}${n}`, `Chromatic graphs and minor ${n}${n}x`, [
        'math.CO',
      ]),
    );
    robots.push(
      await add(`Robot grasping ${n}${n}`, `Grasping robots with a gripper ${n}${n}y`, ['cs.RO']),
    );
    await add(`Something else ${n}${n}`, `Weather in the valley ${n}${n}z`, ['physics.ao-ph']);
  }
  const ids = (await db.paper.findMany({ select: { id: true } })).map(({ id }) => id);
  await indexPapers(db, ids);
  await mergeLexicon(db, { onlyWhenDue: false });
  await rankPapers(db, ids, now);
  return { graphs, robots };
}

const save = (actor: Actor, papers: readonly number[], shelf: string) =>
  Promise.all(
    papers.map((paperId) => savePaper(db, actor, { paperId, shelf, network: null }, now)),
  );
const all = { interest: null, limit: 100, after: null };
const shown = async (actor: Actor, request = {}) =>
  (await forReader(db, actor, { ...all, ...request }))!.papers.map(({ id }) => id);

describe('for you', () => {
  test('finds papers like those on a shelf, and says which of them and which words brought each', async () => {
    const { graphs } = await catalogue();
    const actor = await reader('reader@example.org');
    await save(actor, graphs.slice(0, 5), 'Thesis');
    const found = (await forReader(db, actor, all))!;
    expect(found.papers.map(({ id }) => id).sort()).toEqual(graphs.slice(5).sort());
    for (const { because } of found.papers) {
      expect(graphs.slice(0, 5)).toContain(because[0]!.paper);
      expect(because.flatMap(({ word }) => word ?? [])).toContain('chromatic');
    }
  });

  test('takes a dismissed paper and its copies off the next page, and moves nothing else', async () => {
    const { graphs } = await catalogue();
    const actor = await reader('reader@example.org');
    await save(actor, graphs.slice(0, 5), 'Thesis');
    const before = await shown(actor);
    const first = await forReader(db, actor, { ...all, limit: 3 });
    const copied = await db.paper.findUniqueOrThrow({ where: { id: before[1]! } });
    await db.paper.update({
      where: { id: before[4]! },
      data: {
        titleKey: copied.titleKey,
        firstAuthorKey: copied.firstAuthorKey,
        arxivId: '2601.00001',
      },
    });
    await castVote(db, actor, { paperId: before[1]!, value: -1, network: null }, now);
    const rest = before.filter((id) => id !== before[1] && id !== before[4]);
    expect(await shown(actor)).toEqual(rest);
    // A page goes on where the one before ended.
    expect(await shown(actor, { after: first!.next })).toEqual(
      before.slice(3).filter((id) => id !== before[4]),
    );
  });

  test('gives pages that follow each other without a gap or a paper twice', async () => {
    const { graphs, robots } = await catalogue();
    const actor = await reader('reader@example.org');
    await save(actor, graphs.slice(0, 5), 'Thesis');
    await save(actor, robots.slice(0, 5), 'Robots');
    const pages: number[] = [];
    let after: string | null = null;
    do {
      const page: ForReader = (await forReader(db, actor, { interest: null, limit: 3, after }))!;
      pages.push(...page.papers.map(({ id }) => id));
      after = page.next;
    } while (after !== null);
    expect(pages).toEqual(await shown(actor));
    expect(new Set(pages).size).toBe(14);
    // Two interests take turns.
    expect(graphs.includes(pages[0]!)).not.toBe(graphs.includes(pages[1]!));
  });

  test('looks by the ten interests that grew last, where there are more', async () => {
    const { graphs, robots } = await catalogue();
    const actor = await reader('reader@example.org');
    const make = (papers: number[], minutes: number) =>
      createInterest(db, actor, { name: 'x', papers }, new Date(+now + minutes * 60_000));
    await make(robots.slice(0, 5), 0);
    for (let i = 1; i <= 10; i++) await make(graphs.slice(0, 5), i);
    expect((await shown(actor)).sort()).toEqual(graphs.slice(5).sort());
  });

  test('stays in the archive that most saved papers share, unless asked', async () => {
    const { graphs } = await catalogue();
    const stranger = await addPaper(db, {
      title: 'Chromatic printing',
      abstract: 'Chromatic colouring in print',
      categories: ['cs.GR'],
    });
    await indexPapers(db, [stranger]);
    const actor = await reader('reader@example.org');
    await save(actor, graphs.slice(0, 5), 'Thesis');
    expect(await shown(actor)).not.toContain(stranger);
    await changeInterest(db, actor, 'shelf:thesis', { everywhere: true }, now);
    expect(await shown(actor)).toContain(stranger);
  });

  test('knows nothing of hidden papers, and nothing of a reader who saved none', async () => {
    const { graphs } = await catalogue();
    const actor = await reader('reader@example.org');
    expect(await forReader(db, actor, all)).toMatchObject({ papers: [], next: null });
    await save(actor, graphs.slice(0, 5), 'Thesis');
    await db.paper.update({ where: { id: graphs[7]! }, data: { hiddenAt: now } });
    expect(await shown(actor)).not.toContain(graphs[7]);
  });
});

describe('an interest', () => {
  test('is every shelf and every pasted list, and each by itself', async () => {
    const { graphs, robots } = await catalogue();
    const actor = await reader('reader@example.org');
    await save(actor, graphs.slice(0, 5), 'Thesis');
    const papers = robots.slice(0, 5);
    const made = (await createInterest(db, actor, { name: 'Robots', papers }, now))!;
    expect(await interestsOf(db, actor)).toMatchObject([
      { key: 'shelf:thesis', name: 'Thesis', shelf: 'thesis', papers: graphs.slice(0, 5) },
      { key: made.key, name: 'Robots', shelf: null, papers },
    ]);
    expect((await shown(actor, { interest: made.key })).sort()).toEqual(robots.slice(5).sort());
    expect(await forReader(db, actor, { ...all, interest: 'shelf:nothing' })).toBeNull();
  });

  test('is edited word by word, and reset', async () => {
    const { graphs, robots } = await catalogue();
    const actor = await reader('reader@example.org');
    await save(actor, graphs.slice(0, 5), 'Thesis');
    const open = async () => openInterest(db, (await interestsOf(db, actor))[0]!);
    const before = await open();
    const stems = before.words.map(({ stem }) => stem);
    for (const drop of stems) await changeInterest(db, actor, 'shelf:thesis', { drop }, now);
    expect((await open()).dropped.map(({ stem }) => stem)).toEqual(stems);
    expect(await shown(actor)).toEqual([]);
    const change = { add: ['gripper'], everywhere: true };
    expect(await changeInterest(db, actor, 'shelf:thesis', change, now)).toBe(true);
    expect((await open()).words).toMatchObject([{ stem: 'gripper', added: true, part: 1 }]);
    expect((await shown(actor)).sort()).toEqual([...robots].sort());
    await changeInterest(db, actor, 'shelf:thesis', { restore: 'gripper' }, now);
    expect(await shown(actor)).toEqual([]);
    expect(await resetInterest(db, actor, 'shelf:thesis')).toBe(true);
    expect(await open()).toEqual(before);
  });

  test('of a shelf follows the shelf, also when words of it were changed', async () => {
    const { graphs, robots } = await catalogue();
    const actor = await reader('reader@example.org');
    await save(actor, graphs.slice(0, 5), 'Thesis');
    await changeInterest(db, actor, 'shelf:thesis', { balance: 1 }, now);
    await save(actor, robots.slice(0, 1), 'Thesis');
    expect(await interestsOf(db, actor)).toMatchObject([
      { balance: 1, papers: [...graphs.slice(0, 5), robots[0]].sort((a, b) => a! - b!) },
    ]);
  });

  test('is nobody else’s: to read, to change or to delete', async () => {
    const { graphs } = await catalogue();
    const owner = await reader('owner@example.org');
    const other = await reader('other@example.org');
    await save(owner, graphs.slice(0, 5), 'Thesis');
    const { key } = (await createInterest(db, owner, { name: 'Own', papers: graphs }, now))!;
    const before = await interestsOf(db, owner);
    for (const each of [key, 'shelf:thesis', '0', 'shelf:', `${key} or true`]) {
      expect(await changeInterest(db, other, each, { balance: 0 }, now)).toBe(false);
      expect(await resetInterest(db, other, each)).toBe(false);
      expect(await deleteInterest(db, other, each)).toBe(false);
      expect(await forReader(db, other, { ...all, interest: each })).toBeNull();
    }
    expect(await interestsOf(db, other)).toEqual([]);
    expect(await interestsOf(db, owner)).toEqual(before);
    expect(await deleteInterest(db, owner, key)).toBe(true);
    expect(await interestsOf(db, owner)).toHaveLength(1);
  });

  test('opens to no actor without the right', async () => {
    const token = (...scopes: ('read' | 'write' | 'account')[]): Actor => ({
      kind: 'token',
      readerId: 1,
      scopes,
    });
    const link: Actor = { kind: 'link', readerId: 1 };
    const feed: Actor = { kind: 'feed', readerId: 1 };
    expect(ACTIONS).toMatchObject({ 'interest:read': 'read', 'interest:write': 'write' });
    for (const actor of [ANONYMOUS, link, token('write', 'account')]) {
      expect(() => interestsOf(db, actor)).toThrow(NotAllowed);
      await expect(forReader(db, actor, all)).rejects.toThrow(NotAllowed);
    }
    for (const actor of [ANONYMOUS, link, feed, token('read', 'account')]) {
      const made = createInterest(db, actor, { name: 'x', papers: [] }, now);
      await expect(made).rejects.toThrow(NotAllowed);
      await expect(changeInterest(db, actor, '1', {}, now)).rejects.toThrow(NotAllowed);
      await expect(resetInterest(db, actor, '1')).rejects.toThrow(NotAllowed);
      await expect(deleteInterest(db, actor, '1')).rejects.toThrow(NotAllowed);
    }
  });

  test('is one of a number that requests at once do not exceed', async () => {
    const actor = await reader('reader@example.org');
    const made = await Promise.all(
      Array.from({ length: MOST_INTERESTS + 3 }, (_, i) =>
        createInterest(db, actor, { name: `${i}`, papers: [] }, now),
      ),
    );
    expect(made.filter((interest) => interest !== null)).toHaveLength(MOST_INTERESTS);
  });
});

describe('papers that somebody pastes', () => {
  test('are found by number, arXiv id, DOI and address, each once', async () => {
    const a = await addPaper(db, { title: 'First', arxivId: '2106.09685' });
    const b = await addPaper(db, { title: 'Second', doi: '10.1000/xyz' });
    const ids = [String(a), 'arXiv:2106.09685v2', 'https://doi.org/10.1000/XYZ', '2101.00001'];
    expect(await papersNamed(db, ids)).toEqual({ papers: [a, b], missing: 2 });
    expect((await papersPasted(db, ids.join(', '), now)).papers).toEqual([a, b]);
    expect(await papersPasted(db, 'nothing of ours', now)).toMatchObject({ papers: [] });
  });

  test('are found by a .bib file, by its identifiers or its titles', async () => {
    const a = await addPaper(db, { title: 'First of its kind', arxivId: '2106.09685' });
    const bibtex = `@misc{x, title = {{F}irst of its kind}, eprint = {2106.09685}, archiveprefix = {arXiv}}
      @article{y, title = {Not here}, author = {Doe, Jane}}
      @article{broken, title = {`;
    expect(await papersInBibtex(db, bibtex, now)).toEqual({ papers: [a], missing: 1 });
    expect((await papersPasted(db, bibtex, now)).papers).toEqual([a]);
  });
});

test('the address of a feed opens it until it is renewed, and nothing else', async () => {
  const actor = await reader('reader@example.org');
  const site = { secret: SECRET, siteUrl: 'https://papers.example.org' };
  const url = await feedUrl(db, actor, site);
  expect(await feedUrl(db, actor, site)).toBe(url);
  const token = new URL(url).searchParams.get('token')!;
  const years = new Date('2050-01-01T00:00:00Z');
  expect(await feedActor(db, token, SECRET, years)).toEqual({
    kind: 'feed',
    readerId: actor.readerId,
  });
  expect(await feedActor(db, token, `${SECRET}x`, now)).toEqual(ANONYMOUS);
  expect(await feedActor(db, '', SECRET, now)).toEqual(ANONYMOUS);
  await renewFeed(db, actor);
  expect(await feedActor(db, token, SECRET, now)).toEqual(ANONYMOUS);
});
