import { beforeEach, describe, expect, it } from 'vitest';
import { addTag, clearTag, countStale, removeTag, retagPapers, staleIds } from '@/lib/tags/store';
import { emptyTables, testDatabase } from './database';

const db = await testDatabase();

function addPaper(title: string, abstract = '') {
  return db.paper.create({
    data: { title, abstract, titleKey: title.toLowerCase(), firstAuthorKey: '' },
    select: { id: true },
  });
}

async function slugs(paperId: number): Promise<string[]> {
  const rows = await db.paperTag.findMany({ where: { paperId, removed: false } });
  return rows.map(({ slug }) => slug).sort();
}

beforeEach(() => emptyTables(db));

describe('retagPapers', () => {
  it('stores tags with their evidence, and the same again changes nothing', async () => {
    const { id } = await addPaper('Continual pre-training of language models');
    expect(await retagPapers(db, [id, id + 1])).toBe(1);
    const before = await db.paperTag.findMany({ orderBy: { slug: 'asc' } });
    expect(before.map(({ slug }) => slug)).toContain('continual-pre-training');
    expect(before.find(({ slug }) => slug === 'continual-pre-training')?.evidence).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          words: 'Continual pre-training',
          where: 'title',
          start: 0,
          end: 22,
        }),
      ]),
    );
    await retagPapers(db, [id]);
    expect(await db.paperTag.findMany({ orderBy: { slug: 'asc' } })).toEqual(before);
  });

  it('takes away tags that no longer fit the text', async () => {
    const { id } = await addPaper('A robot arm');
    await retagPapers(db, [id]);
    expect(await slugs(id)).toEqual(['robotics']);
    await db.paper.update({ where: { id }, data: { title: 'A piano sonata' } });
    await retagPapers(db, [id]);
    expect(await slugs(id)).toEqual(['music', 'speech-audio']);
  });

  it('keeps what an operator added and removed', async () => {
    const { id } = await addPaper('A robot arm');
    await retagPapers(db, [id]);
    await addTag(db, id, 'survey');
    await removeTag(db, id, 'robotics');
    await retagPapers(db, [id]);
    expect(await slugs(id)).toEqual(['survey']);
    expect(await clearTag(db, id, 'robotics')).toBe(true);
    expect(await clearTag(db, id, 'robotics')).toBe(false);
    expect(await slugs(id)).toEqual(['robotics', 'survey']);
  });

  it('leaves alone the tags of papers it was not asked for', async () => {
    const one = await addPaper('A robot arm');
    const two = await addPaper('A robot leg');
    await retagPapers(db, [one.id, two.id]);
    await retagPapers(db, [one.id]);
    expect(await slugs(two.id)).toEqual(['robotics']);
  });
});

describe('stale papers', () => {
  it('are those not tagged, or tagged with another vocabulary', async () => {
    const { id } = await addPaper('A robot arm');
    const other = await addPaper('A robot leg');
    expect(await countStale(db)).toBe(2);
    expect(await staleIds(db, 0, 1)).toEqual([id]);
    await retagPapers(db, [id, other.id]);
    expect(await countStale(db)).toBe(0);
    await db.tagging.update({ where: { paperId: other.id }, data: { vocabulary: 'old' } });
    expect(await staleIds(db, 0, 10)).toEqual([other.id]);
    expect(await staleIds(db, other.id, 10)).toEqual([]);
  });
});
