import { beforeAll, describe, expect, it } from 'vitest';
import { authorKey } from '@/lib/search/author';
import { authorPapers } from '@/lib/search/author-papers';
import { indexPapers } from '@/lib/search/index/store';
import { testDatabase } from '@/tests/db/database';
import { addPaper } from './papers';

const db = await testDatabase();
const COUNT = 45;
const ids: number[] = [];
const others: number[] = [];

beforeAll(async () => {
  for (let i = 0; i < COUNT; i++) {
    ids.push(
      await addPaper(db, {
        title: `Study number ${i}`,
        authors: i === 0 ? ['Zoé Müller-Lüdenscheid', 'Edward J. Hu'] : ['Edward J. Hu'],
        publishedAt: new Date(Date.UTC(2020 + (i % 3), 0, 1 + i)),
        tags: i % 2 ? ['peft'] : ['lora'],
      }),
    );
  }
  others.push(await addPaper(db, { title: 'By initials', authors: ['E. Hu'] }));
  others.push(await addPaper(db, { title: 'Two people', authors: ['Edward Smith', 'Maria Hu'] }));
  others.push(await addPaper(db, { title: 'Hidden', authors: ['Nobody Known'] }));
  await indexPapers(db, [...ids, ...others]);
  await db.paper.update({ where: { id: others[2]! }, data: { hiddenAt: new Date() } });
});

const of = (name: string, options = {}) =>
  authorPapers(db, authorKey(name), { limit: 30, ...options });

describe('papers by people of one name', () => {
  it('are all of them, page by page, the newest first, none twice', async () => {
    const first = await of('edward j hu');
    const second = await of('edward j hu', { after: first?.next });
    const all = [...(first?.ids ?? []), ...(second?.ids ?? [])];
    expect(first?.ids).toHaveLength(30);
    expect(second?.next).toBeNull();
    expect(all.toSorted((a, b) => a - b)).toEqual(ids.toSorted((a, b) => a - b));
  });

  it('are counted by year and tag, and named as most papers write it', async () => {
    const author = await of('EDWARD J. HU');
    expect(author?.name).toBe('Edward J. Hu');
    expect(author?.total).toEqual({ count: COUNT, more: false });
    expect(author?.facets.years.map(({ year }) => year)).toEqual([2022, 2021, 2020]);
    expect(author?.facets.tags.map(({ slug, count }) => [slug, count])).toEqual([
      ['lora', 23],
      ['peft', 22],
    ]);
  });

  it('by initials may be of several people, who are all named', async () => {
    const author = await of('E. Hu');
    expect(author?.written).toEqual([
      { name: 'E. Hu', papers: 1 },
      { name: 'Edward J. Hu', papers: COUNT },
    ]);
    expect(author?.total.count).toBe(COUNT + 1);
  });

  it('are found without accents', async () => {
    expect((await of('zoe muller ludenscheid'))?.ids).toEqual([ids[0]]);
  });

  it.each([
    ['no paper writes so', 'Edward Hu'],
    ['two people of one paper have the words of', 'Maria Smith'],
    ['only a hidden paper has', 'Nobody Known'],
    ['is a part of one', 'Hu'],
    ['has no words', '…'],
  ])('there is none of a name that %s', async (_, name) => {
    expect(await of(name)).toBeNull();
  });

  it('has no page after a made-up cursor', async () => {
    expect(await of('Edward J. Hu', { after: 'nonsense' })).toBeNull();
  });
});
