import { beforeEach, expect, test } from 'vitest';
import { sql } from '@/lib/db/sql';
import { forYou, readProfile } from '@/lib/interests/recommended';
import { mergeLexicon } from '@/lib/search/index/lexicon-changes';
import { indexPapers } from '@/lib/search/index/store';
import { similarPapers } from '@/lib/search/similar';
import { renewVectors } from '@/lib/search/vectors/renew';
import { readModel, readVectors } from '@/lib/search/vectors/store';
import { emptyTables, testDatabase } from '../database';
import { addPaper } from './papers';

const db = await testDatabase();
beforeEach(() => emptyTables(db));

const SUBJECTS = ['graph', 'robot', 'galaxy'];
const LETTERS = 'abcdefghijklmnopqrstuvwx';
/** Thirty of a subject's 576 words, every `step`th from one on. */
const about = (subject: string, from: number, step: number) =>
  Array.from({ length: 30 }, (_, k) => {
    const i = from + k * step;
    return `${subject}${LETTERS[Math.floor(i / 24) % 24]}${LETTERS[i % 24]}q`;
  }).join(' ');

async function addMany(count: number, from = 0): Promise<number[]> {
  const rows = Array.from({ length: count }, (_, k) => from + k).map((i) => ({
    title: `Paper ${i}`,
    abstract: about(SUBJECTS[i % 3]!, i * 31, 1 + 2 * (i % 37)),
  }));
  const stored = await db.$queryRaw<{ id: number }[]>(sql`
    insert into paper (title, abstract, title_key, first_author_key)
    select title, abstract, title, '' from json_to_recordset(${JSON.stringify(rows)}::json)
      as r(title text, abstract text)
    returning id`);
  return stored.map(({ id }) => id);
}

async function index(ids: readonly number[]) {
  await indexPapers(db, ids);
  await mergeLexicon(db, { onlyWhenDue: false });
}

const never = () => new AbortController().signal;

test('papers that share a word with one stand by its subject, once they have vectors', async () => {
  const many = await addMany(1_100);
  const add = (title: string, words: string) =>
    addPaper(db, { title, abstract: `anchorage beacon ${words}` });
  const other = await add('Something one', about('robot', 0, 2));
  const same = await add('Something two', about('graph', 1, 2));
  const seed = await add('Something three', about('graph', 0, 2));
  await index([...many, other, same, seed]);
  const rank = (list: readonly number[], id: number) => list.indexOf(id);
  const like = async () => {
    const list = await similarPapers(db, seed, 50);
    return rank(list, same) - rank(list, other);
  };
  const forReader = async () => {
    const wish = { ...(await readProfile(db, [seed])), balance: 1 };
    const page = await forYou(db, [wish], new Set([seed]), { limit: 50, after: null });
    const list = page.papers.map(({ id }) => id);
    return rank(list, same) - rank(list, other);
  };
  expect(await like()).toBeGreaterThan(0);
  expect(await renewVectors(db, never())).toEqual({
    newModel: true,
    vectors: 1_103,
    unfinished: false,
  });
  expect(await like()).toBeLessThan(0);
  expect(await forReader()).toBeLessThan(0);
});

test('a paper that comes or changes gets its vector alone; a catalogue that doubled gets all anew', async () => {
  const many = await addMany(1_000);
  await index(many);
  await renewVectors(db, never());
  const first = await readVectors(db, [many[0]!]);
  await db.paper.update({
    where: { id: many[0]! },
    data: { abstract: about('galaxy', 5, 3) },
  });
  const late = await addPaper(db, { title: 'Late', abstract: about('robot', 3, 3) });
  const strange = await addPaper(db, { title: 'Unheard', abstract: 'zzqx' });
  await index([many[0]!, late, strange]);
  expect(await renewVectors(db, never())).toMatchObject({ newModel: false, vectors: 3 });
  expect(await renewVectors(db, never())).toMatchObject({ newModel: false, vectors: 0 });
  const now = await readVectors(db, [many[0]!, late, strange]);
  expect(now.vectors.get(many[0]!)).not.toEqual(first.vectors.get(many[0]!));
  expect([...now.vectors.keys()].sort((a, b) => a - b)).toEqual([many[0], late]);
  await index(await addMany(1_000, 1_000));
  expect(await renewVectors(db, never())).toMatchObject({ newModel: true, vectors: 2_002 });
  expect((await readModel(db))?.number).toBe(2);
});

test('work that is stopped goes on at the next call, and a small catalogue needs none', async () => {
  const few = await addMany(100);
  await index(few);
  expect(await renewVectors(db, never())).toMatchObject({ newModel: false, vectors: 0 });
  await index(await addMany(900, 100));
  expect(await renewVectors(db, AbortSignal.abort())).toMatchObject({
    newModel: true,
    vectors: 0,
    unfinished: true,
  });
  expect(await similarPapers(db, few[0]!, 3)).toHaveLength(3);
  expect(await renewVectors(db, never())).toMatchObject({ newModel: false, vectors: 1_000 });
});
