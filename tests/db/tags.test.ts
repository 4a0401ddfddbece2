import { beforeEach, describe, expect, it } from 'vitest';
import { feedFacets } from '@/lib/feed/facet-query';
import { makeFeed } from '@/lib/feed/filters';
import { rankPapers } from '@/lib/feed/rank';
import { termCounts } from '@/lib/feed/store';
import { paperTags, tagPage } from '@/lib/feed/tag-query';
import { retagStale } from '@/lib/ingest/retag';
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
    const { id } = await addPaper('A robot');
    await retagPapers(db, [id]);
    expect(await slugs(id)).toEqual(['robotics']);
    await db.paper.update({ where: { id }, data: { title: 'A piano sonata' } });
    await retagPapers(db, [id]);
    expect(await slugs(id)).toEqual(['music', 'speech-audio']);
  });

  it('keeps what an operator added and removed', async () => {
    const { id } = await addPaper('A robot');
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
    const one = await addPaper('A robot');
    const two = await addPaper('A robot leg');
    await retagPapers(db, [one.id, two.id]);
    await retagPapers(db, [one.id]);
    expect(await slugs(two.id)).toEqual(['robotics']);
  });
});

describe('stale papers', () => {
  it('are those not tagged, or tagged with another taxonomy', async () => {
    const { id } = await addPaper('A robot');
    const other = await addPaper('A robot leg');
    expect(await countStale(db)).toBe(2);
    expect(await staleIds(db, 0, 1)).toEqual([id]);
    await retagPapers(db, [id, other.id]);
    expect(await countStale(db)).toBe(0);
    await db.tagging.update({ where: { paperId: other.id }, data: { taxonomyVersion: 'old' } });
    expect(await staleIds(db, 0, 10)).toEqual([other.id]);
    expect(await staleIds(db, other.id, 10)).toEqual([]);
  });
});

describe('retagStale', () => {
  it('tags what is stale and ranks it, and then nothing', async () => {
    const { id } = await addPaper('A robot');
    await addPaper('A robot leg');
    const seen: number[] = [];
    const now = new Date('2026-11-23T12:00:00Z');
    const first = await retagStale(db, { now, onBatch: (done) => seen.push(done) });
    expect(first).toEqual({ papers: 2, remaining: 0 });
    expect(seen).toEqual([2]);
    expect(await slugs(id)).toEqual(['robotics']);
    expect(await termCounts(db, ['tag:robotics'])).toEqual(new Map([['tag:robotics', 2]]));
    expect(await retagStale(db, { now })).toEqual({ papers: 0, remaining: 0 });
  });

  it('stops when told, says what remains, and goes on when run again', async () => {
    await addPaper('A robot');
    const stop = new AbortController();
    stop.abort();
    const now = new Date('2026-11-23T12:00:00Z');
    expect(await retagStale(db, { now, signal: stop.signal })).toEqual({ papers: 0, remaining: 1 });
    expect(await retagStale(db, { now })).toEqual({ papers: 1, remaining: 0 });
  });
});

describe('tagPage', () => {
  const now = new Date('2026-11-23T12:00:00Z');
  const pageOf = async (slug: string) =>
    tagPage(db, slug, await feedFacets(db, makeFeed({ tags: [slug] }), now));

  it('names tags that stand beside it more than chance', async () => {
    const ids: number[] = [];
    for (let i = 0; i < 4; i++) {
      ids.push((await addPaper(`Piano transcription with a robot ${i}`)).id);
      ids.push((await addPaper(`Object detection in fog ${i}`)).id);
      ids.push((await addPaper(`Credit risk in small banks ${i}`)).id);
    }
    await retagPapers(db, ids);
    await rankPapers(db, ids, now);
    const page = await pageOf('music');
    expect(page?.tag.slug).toBe('music');
    expect(page?.related).toEqual([{ slug: 'robotics', together: 4, lift: 3 }]);
  });

  it('is there for a tag without papers, and null for a word that is no tag', async () => {
    expect(await pageOf('peft')).toMatchObject({ related: [] });
    expect(await pageOf('no-such-tag')).toBeNull();
  });
});

describe('paperTags', () => {
  it('gives the evidence, heaviest tag first, and neither removed nor unknown tags', async () => {
    const { id } = await addPaper('A robot plays the piano');
    await retagPapers(db, [id]);
    await removeTag(db, id, 'music');
    await addTag(db, id, 'gone-from-the-taxonomy');
    const tags = await paperTags(db, id);
    expect(tags.map(({ tag }) => tag.slug)).toEqual(['robotics', 'speech-audio']);
    expect(tags[0]?.evidence[0]).toMatchObject({ words: 'robot', where: 'title' });
  });
});
