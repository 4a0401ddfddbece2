import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ownIssue } from '@/lib/digest/issues';
import { preview } from '@/lib/digest/preview';
import { contentOf } from '@/lib/digest/store';
import { createInterest } from '@/lib/interests/interest-store';
import type { Actor } from '@/lib/readers/actor';
import { savePaper } from '@/lib/readers/library-store';
import { castVote } from '@/lib/readers/vote-store';
import { mergeLexicon } from '@/lib/search/index/lexicon-changes';
import { indexPapers } from '@/lib/search/index/store';
import { emptyTables, testDatabase } from '../database';
import { addPaper } from '../search/papers';
import { addReader, runAt, SITE, type Sink, startSink } from './world';

const db = await testDatabase();
let sink: Sink;
beforeAll(async () => {
  sink = await startSink();
});
afterAll(() => sink.stop());
beforeEach(() => emptyTables(db));

const OLD = '2026-06-01T00:00:00Z';
const NEW = '2026-11-20T00:00:00Z';
const letters = 'abcdefghijkl';

const robot = (i: number) => ({
  title: `Robot grasping ${letters[i]!.repeat(2)}`,
  abstract: `Grasping robots with a gripper ${letters[i]!.repeat(3)}`,
});
/** On trade with robots: twelve papers that have something of an interest in them, and are no paper for it. */
const trade = [...'mnopqrstuvwx'].map((letter) => ({
  title: `Trade ${letter.repeat(2)}`,
  abstract: `On robots in the valley ${letter.repeat(4)}`,
}));
const weather = {
  title: 'Weather in the valley',
  abstract:
    'Rain and wind that robots saw in a year, with clouds, snow and much sun over hills and towns',
};

let count = 0;

/** Papers as an import and a ranking would have left them. */
async function add(papers: { title: string; abstract: string }[], at: string): Promise<number[]> {
  const ids: number[] = [];
  for (const paper of papers) {
    const arxivId = `2606.${String(++count).padStart(5, '0')}`;
    ids.push(await addPaper(db, { ...paper, arxivId, publishedAt: new Date(at) }));
  }
  await db.paper.updateMany({ where: { id: { in: ids } }, data: { firstSeenAt: at } });
  await indexPapers(db, ids);
  await mergeLexicon(db, { onlyWhenDue: false });
  return ids;
}

/** Old papers on robots and trade, a new one on weather, and new ones on robots. */
async function catalogue() {
  const saved = await add([0, 1, 2, 3, 4].map(robot), OLD);
  await add(trade, OLD);
  await add([weather], NEW);
  const robots = await add([5, 6, 7, 8].map(robot), NEW);
  return { saved, robots };
}

/** A reader who follows a tag that no paper has, and gets a digest a day. */
async function reader(email: string) {
  const { readerId, subscriptionId } = await addReader(db, email, {
    cadence: 'daily',
    coveredUntil: '2026-11-19T08:00:00Z',
    tags: ['peft'],
  });
  return {
    actor: { kind: 'session', readerId, sessionId: 0, admin: false } as const,
    subscriptionId,
  };
}

async function save(actor: Actor, papers: readonly number[]): Promise<void> {
  for (const paperId of papers) {
    await savePaper(db, actor, { paperId, shelf: 'Robots', network: null }, new Date(OLD));
  }
}

const mailed = async (subscriptionId: number) =>
  (await db.delivery.findMany({ where: { subscriptionId }, orderBy: { id: 'asc' } })).map(
    ({ paperIds }) => [...paperIds].sort((a, b) => a - b),
  );

test('a digest has new papers like saved ones, and says why: in mail, preview and on the web', async () => {
  const { saved, robots } = await catalogue();
  const { actor, subscriptionId } = await reader('a@example.org');
  await save(actor, saved);
  await reader('b@example.org');
  const subscription = await db.subscription.findUniqueOrThrow({ where: { id: subscriptionId } });
  const shown = await preview(db, subscription, {
    site: { url: SITE, postalAddress: null },
    search: async () => [],
    subject: null,
    now: new Date('2026-11-23T07:00:00Z'),
  });
  expect(shown).toMatchObject({ html: expect.stringMatching(/For you.*Because of “Robot/s) });
  expect((await runAt(db, sink, '2026-11-23T08:10:00Z')).sent).toBe(1);
  const [mail] = await sink.mailsTo('a@example.org');
  const [ids] = await mailed(subscriptionId);
  expect(ids).toHaveLength(3);
  for (const id of ids!) expect(robots).toContain(id);
  expect(mail!.text).toMatch(/== For you ==.*Because of “Robot grasping \w+”: “/s);
  expect(mail!.html).toMatch(/For you.*Because of “Robot grasping \w+”: “.*Not for me/s);
  const { key } = await db.delivery.findFirstOrThrow({ where: { subscriptionId } });
  const [section] = await ownIssue(db, (await contentOf(db, key, actor.readerId))!);
  expect(section!.heading).toBe('For you');
  expect(section!.papers[0]!.why).toMatch(/^Because of “Robot grasping/);
});

test('no paper comes twice, nor a copy of one that was mailed, is saved or not for the reader', async () => {
  const { saved, robots } = await catalogue();
  const { actor, subscriptionId } = await reader('c@example.org');
  await save(actor, saved);
  await castVote(db, actor, { paperId: robots[0]!, value: -1, network: null }, new Date(NEW));
  await add([robot(5), robot(0)], NEW);
  await runAt(db, sink, '2026-11-23T08:10:00Z');
  await add([robot(6), robot(9)], '2026-11-23T12:00:00Z');
  await runAt(db, sink, '2026-11-24T08:10:00Z');
  const [first, second] = await mailed(subscriptionId);
  expect(first).toEqual(robots.slice(1));
  expect(second).toHaveLength(1);
  const paper = await db.paper.findUniqueOrThrow({ where: { id: second![0]! } });
  expect(paper.title).toBe(robot(9).title);
});

test('papers that are new but unlike, or have a muted tag, stay out; a pasted list is an interest too', async () => {
  const { saved, robots } = await catalogue();
  const { actor, subscriptionId } = await reader('d@example.org');
  await createInterest(db, actor, { name: 'Pasted', papers: saved }, new Date(OLD));
  await db.paperTag.createMany({
    data: robots.slice(2).map((paperId) => ({ paperId, slug: 'quantization', weight: 1 })),
  });
  await db.subscription.update({
    where: { id: subscriptionId },
    data: { mutedTags: ['efficient-inference'] },
  });
  await runAt(db, sink, '2026-11-23T08:10:00Z');
  expect(await mailed(subscriptionId)).toEqual([robots.slice(0, 2)]);
});
