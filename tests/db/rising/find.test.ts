import { beforeEach, expect, test } from 'vitest';
import { findRising } from '@/lib/rising/find';
import { keepRising, papersUpTo, readRising, tagsOfPapers, tagTotals } from '@/lib/rising/store';
import { emptyTables, testDatabase } from '../database';
import { addPapers } from '../digest/world';

const db = await testDatabase();
beforeEach(() => emptyTables(db));

const now = new Date('2026-06-30T00:00:00Z');

test('a catalogue with too few papers has no rising topics, and what was kept goes', async () => {
  await addPapers(db, [{ id: 1 }]);
  await keepRising(db, [{ span: 'month', asOf: now, recent: 3_000, topics: [], ended: [] }]);
  expect(await findRising(db, { now })).toEqual([]);
  expect(await readRising(db)).toEqual([]);
});

test('what is kept replaces all that was, and is read with the longest span that has topics first', async () => {
  const topic = {
    phrase: 'agent memory',
    papers: 26,
    before: 10,
    growth: 4.3,
    score: 17,
    query: '+"agent memory"',
    weeks: [1, 2],
    shares: [0.1, 0.2],
    rise: { key: 'agent memory', since: '2026-06-01T00:00:00.000Z', seen: '' },
    newest: [3, 2],
    tags: [{ slug: 'agents', papers: 20, before: 5, growth: 3, weeks: [1, 2] }],
  };
  const month = { span: 'month' as const, asOf: now, recent: 2_500, topics: [topic], ended: [] };
  const quarter = { span: 'quarter' as const, asOf: now, recent: 7_000, topics: [], ended: [] };
  await keepRising(db, [month]);
  await keepRising(db, [month, quarter]);
  expect(await readRising(db)).toEqual([month, quarter]);
  const full = { ...quarter, topics: [topic] };
  await keepRising(db, [month, full]);
  expect(await readRising(db)).toEqual([full, month]);
  await keepRising(db, [quarter]);
  expect(await readRising(db)).toEqual([quarter]);
});

test('papers are those first published in the days, without the hidden ones, with their tags', async () => {
  await addPapers(db, [{ id: 1 }, { id: 2 }, { id: 3 }]);
  const at = (day: string) => new Date(`${day}T00:00:00Z`);
  await db.paper.update({ where: { id: 1 }, data: { publishedAt: at('2026-06-29') } });
  await db.paper.update({ where: { id: 2 }, data: { publishedAt: at('2025-01-01') } });
  await db.paper.update({
    where: { id: 3 },
    data: { publishedAt: at('2026-06-28'), hiddenAt: at('2026-06-29') },
  });
  const found = await papersUpTo(db, now, 28);
  expect(found.map(({ id, publishedAt }) => [id, publishedAt])).toEqual([[1, at('2026-06-29')]]);
  await db.paperTag.createMany({
    data: [{ paperId: 1, slug: 'rising-test', weight: 1 }],
  });
  await db.paperTag.createMany({
    data: [2, 3].map((paperId) => ({ paperId, slug: 'rising-test', weight: 1 })),
  });
  await db.paperTag.create({
    data: { paperId: 1, slug: 'taken-off', weight: 1, removed: true },
  });
  expect(await tagsOfPapers(db, [1, 4])).toEqual(new Map([[1, ['rising-test']]]));
  const window = { days: 28, before: 1_000 };
  expect(await tagTotals(db, now, window)).toEqual(
    new Map([['rising-test', { recent: 1, before: 1 }]]),
  );
});

test('as of two moments other topics rise; one that goes on keeps the day that it began', async () => {
  const DAY_MS = 86_400_000;
  const subjects = ['kernel regression', 'point clouds', 'dialogue acts', 'depth completion'];
  const first = new Date('2026-04-01T00:00:00Z');
  const second = new Date('2026-06-30T00:00:00Z');
  // 24 papers a day, which are 2,016 in twelve weeks; two of them are about what rises in its time.
  const papers = Array.from({ length: 260 * 24 }, (_, i) => {
    const at = new Date(second.getTime() - Math.floor(i / 24) * DAY_MS - 1_000);
    const ageAt = (moment: Date) => (moment.getTime() - at.getTime()) / DAY_MS;
    const rising =
      ageAt(second) <= 84
        ? 'agent skills'
        : ageAt(first) <= 84 && ageAt(first) > 0
          ? 'token pruning'
          : null;
    const about = i % 24 < 2 && rising ? rising : subjects[(i * 7 + Math.floor(i / 24)) % 4]!;
    return {
      id: i + 1,
      title: `Towards ${about}`,
      titleKey: `paper ${i}`,
      firstAuthorKey: `author ${i}`,
      abstract: `We study ${about}.`,
      authors: [`Author ${i}`],
      categories: ['cs.LG'],
      keywords: [],
      version: 1,
      publishedAt: at,
      firstSeenAt: at,
    };
  });
  await db.paper.createMany({ data: papers });
  await db.paperTag.createMany({
    data: papers.flatMap(({ id, title }) =>
      title.endsWith('skills') || id % 5 === 0
        ? [{ paperId: id, slug: 'llm-agents', weight: 1 }]
        : [],
    ),
  });
  const asOf = async (moment: Date) => {
    const [quarter, ...others] = await findRising(db, { now: moment });
    expect([quarter!.span, others]).toEqual(['quarter', []]);
    return quarter!.topics.map(({ phrase, papers, before, rise, tags }) => ({
      phrase,
      papers,
      before,
      since: new Date(rise.since),
      tags: tags.map(({ slug, papers }) => [slug, papers]),
    }));
  };
  const later = new Date(first.getTime() + 7 * DAY_MS);
  const pruning = { phrase: 'token pruning', papers: 168, before: 0, since: first, tags: [] };
  expect(await asOf(first)).toEqual([pruning]);
  expect(await asOf(later)).toMatchObject([{ phrase: 'token pruning', since: first }]);
  expect(await asOf(second)).toEqual([
    {
      phrase: 'agent skills',
      papers: 168,
      before: 0,
      since: second,
      tags: [['llm-agents', 168]],
    },
  ]);
  expect(await readRising(db)).toHaveLength(1);
  expect(await asOf(first)).toEqual([pruning]);
});
