import { beforeEach, describe, expect, it } from 'vitest';
import { type Db, sql } from '@/lib/db/sql';
import { readTexts } from '@/lib/papers/text-store';
import { stemsWithPrefix } from '@/lib/search/index/lexicon';
import { mergeLexicon } from '@/lib/search/index/lexicon-changes';
import { indexAll, indexPapers, indexStale, indexTexts } from '@/lib/search/index/store';
import { emptyTables, testDatabase } from '@/tests/db/database';
import { addPaper } from './papers';

const db = await testDatabase();

describe('indexPapers', () => {
  beforeEach(() => emptyTables(db));

  it('writes a row once, and again only when the paper changed', async () => {
    const id = await addPaper(db, { title: 'Low-rank adaptation', abstract: 'Adapters.' });
    expect(await indexPapers(db, [id])).toBe(1);
    expect(await indexPapers(db, [id])).toBe(0);
    await db.paper.update({ where: { id }, data: { abstract: 'Something else.' } });
    expect(await indexPapers(db, [id])).toBe(1);
  });

  it('counts in how many papers a word is, through changes', async () => {
    const first = await addPaper(db, { title: 'Adapters', abstract: 'adapters, adapters' });
    const second = await addPaper(db, { title: 'Adapter fusion', abstract: 'about fusion' });
    await indexPapers(db, [first, second]);
    expect(await papersWith(db, 'adapt')).toBe(2);
    await db.paper.update({ where: { id: second }, data: { title: 'Prompt fusion' } });
    await indexPapers(db, [second]);
    expect(await papersWith(db, 'adapt')).toBe(1);
    expect(await papersWith(db, 'fusion')).toBe(1);
    expect(await papersWith(db, 'prompt')).toBe(1);
  });

  it('of every paper writes what is missing, and tells how far it is', async () => {
    await addPaper(db, { title: 'Adapters', abstract: '' });
    await indexPapers(db, [await addPaper(db, { title: 'Fusion', abstract: '' })]);
    const told: [number, number][] = [];
    const all = () => indexAll(db, (done, total) => told.push([done, total]));
    expect(await all()).toEqual({ papers: 2, written: 1 });
    expect(await all()).toEqual({ papers: 2, written: 0 });
    expect(told.at(-1)).toEqual([2, 2]);
    expect(await papersWith(db, 'adapt')).toBe(1);
  });

  it('merges what batches counted, again and again to the same counts', async () => {
    const id = await addPaper(db, { title: 'Adapters', abstract: '' });
    await indexPapers(db, [id]);
    await mergeLexicon(db, { onlyWhenDue: false });
    await mergeLexicon(db, { onlyWhenDue: false });
    expect(await papersWith(db, 'adapt')).toBe(1);
  });

  it('knows every form of a word, through later changes of its papers', async () => {
    const id = await addPaper(db, { title: 'Learning', abstract: 'Networks learned.' });
    await indexPapers(db, [id]);
    await db.paper.update({ where: { id }, data: { abstract: 'Networks, and learners.' } });
    await indexPapers(db, [id]);
    await mergeLexicon(db, { onlyWhenDue: false });
    expect((await stemsWithPrefix(db, 'learning')).shorter).toEqual(['learn']);
    expect((await stemsWithPrefix(db, 'learned')).shorter).toEqual(['learn']);
    expect((await stemsWithPrefix(db, 'networks')).shorter).toEqual(['network']);
    expect((await stemsWithPrefix(db, 'lea')).shorter).toEqual([]);
  });

  it('shows a word in a form that stands in a text, whatever other papers lose', async () => {
    const first = await addPaper(db, { title: 'Learning', abstract: '' });
    const second = await addPaper(db, { title: 'Learning adapters', abstract: '' });
    await indexPapers(db, [first, second]);
    await mergeLexicon(db, { onlyWhenDue: false });
    await db.paper.update({ where: { id: second }, data: { title: 'Adapters' } });
    await indexPapers(db, [second]);
    await mergeLexicon(db, { onlyWhenDue: false });
    const { word, papers } = await db.lexiconEntry.findUniqueOrThrow({ where: { stem: 'learn' } });
    expect({ word, papers }).toEqual({ word: 'learning', papers: 1 });
  });

  it('is done anew for all papers after the rules changed, in as many goes as it takes', async () => {
    const id = await addPaper(db, { title: 'Adapters', abstract: '' });
    await indexPapers(db, [id]);
    await db.$executeRaw(sql`update search_document set digest = 'by older rules'`);
    await db.$executeRaw(sql`update lexicon_total set index_version = 0, indexed_up_to = null`);
    expect(await indexStale(db, AbortSignal.abort())).toEqual({ reindexed: 0, unchecked: true });
    const never = new AbortController().signal;
    expect(await indexStale(db, never)).toEqual({ reindexed: 1, unchecked: false });
    expect(await indexStale(db, never)).toEqual({ reindexed: 0, unchecked: false });
  });

  it('by several at once counts each paper once, with its latest text', async () => {
    const id = await addPaper(db, { title: 'Adapters', abstract: '' });
    const first = indexPapers(db, [id]);
    const second = indexPapers(db, [id]);
    const third = db.paper
      .update({ where: { id }, data: { title: 'Prompts' } })
      .then(() => indexPapers(db, [id]));
    await Promise.all([first, second, third]);
    await mergeLexicon(db, { onlyWhenDue: false });
    expect(await papersWith(db, 'adapt')).not.toBe(1);
    expect(await papersWith(db, 'prompt')).toBe(1);
  });

  it('writes no text over one that was read and indexed later', async () => {
    const id = await addPaper(db, { title: 'Adapters', abstract: '' });
    const early = await readTexts(db, [id]);
    await db.paper.update({ where: { id }, data: { title: 'Prompts' } });
    await indexPapers(db, [id]);
    expect(await indexTexts(db, early)).toBe(0);
    const { ranked } = await db.searchDocument.findUniqueOrThrow({ where: { paperId: id } });
    expect(ranked.trim()).toBe('prompt\nprompt');
    expect(await papersWith(db, 'adapt')).toBeUndefined();
  });

  it('takes any text a source can send', async () => {
    const odd = "Bobby'); DROP TABLE paper;-- \\ ' \u202e 💥 'a':1 & | ! <-> :* 日本語 ﬁ";
    const id = await addPaper(db, { title: odd, abstract: odd.repeat(2_000), authors: [odd, ''] });
    expect(await indexPapers(db, [id])).toBe(1);
  });
});

async function papersWith(db: Db, stem: string): Promise<number | undefined> {
  const rows = await db.$queryRaw<{ papers: number }[]>(
    sql`select papers from lexicon_entry where stem = ${stem}`,
  );
  return rows[0]?.papers;
}
