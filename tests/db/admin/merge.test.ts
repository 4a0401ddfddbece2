import { beforeEach, expect, test } from 'vitest';
import { publicLog } from '@/lib/admin/log-store';
import { mergePaper } from '@/lib/admin/merge';
import { hidePaper, unhidePaper } from '@/lib/admin/papers';
import { rankPapers } from '@/lib/feed/rank';
import type { ReadItem } from '@/lib/ingest/read-item';
import { ingest } from '@/lib/ingest/run';
import type { PaperRecord } from '@/lib/papers/paper';
import { findByArxivId, findByIdentifiers, getPaper, mergedInto } from '@/lib/papers/store';
import { type Actor, COMMAND_LINE, NotAllowed } from '@/lib/readers/actor';
import { countStale } from '@/lib/readers/interest-signals';
import { savedPapers, savePaper, shelvesOf } from '@/lib/readers/library-store';
import { castVote } from '@/lib/readers/vote-store';
import { emptyTables, testDatabase } from '../database';
import { addReader } from '../digest/world';

const db = await testDatabase();
beforeEach(() => emptyTables(db));

const now = new Date('2026-11-23T12:00:00Z');
const reason = 'the journal version of the same paper';

async function paper(more: Partial<PaperRecord>): Promise<void> {
  async function* items(): AsyncGenerator<ReadItem> {
    const record: PaperRecord = {
      source: 'bibtex',
      title: 'On one thing',
      abstract: 'It is one.',
      authors: ['Ada Lovelace'],
      categories: [],
      keywords: [],
      signals: [],
      ...more,
    };
    yield { kind: 'record', at: 'here', record };
  }
  await ingest(db, items(), { now, source: 'bibtex' });
}

/** A paper on arXiv, the same from a journal under another title, and their ids. */
async function two(): Promise<{ arxiv: number; journal: number }> {
  const upvotes = (value: number) => [{ kind: 'upvotes' as const, value, seenAt: now }];
  await paper({ source: 'arxiv-atom', arxivId: '2611.00001', signals: upvotes(3) });
  await paper({ title: 'On one thing, revisited', doi: '10.1000/one', signals: upvotes(7) });
  const [journal] = await findByIdentifiers(db, ['10.1000/one']);
  return { arxiv: (await findByArxivId(db, '2611.00001'))!, journal: journal! };
}

async function session(email: string): Promise<Actor & { readerId: number }> {
  const { readerId } = await addReader(db, email);
  return { kind: 'session', readerId, sessionId: 1, admin: false };
}

test('what readers and sources said of a paper moves along, once for each reader', async () => {
  const { arxiv, journal } = await two();
  const [one, other] = [await session('one@example.org'), await session('other@example.org')];
  await castVote(db, one, { paperId: journal, value: 1, network: null }, now);
  await castVote(db, other, { paperId: journal, value: -1, network: null }, now);
  await castVote(db, other, { paperId: arxiv, value: 1, network: null }, now);
  const save = (actor: Actor, paperId: number, note: string, shelf: string) =>
    savePaper(db, actor, { paperId, note, shelf, network: null }, now);
  await save(one, journal, 'Table 4', 'Thesis');
  await save(other, journal, 'second', 'Thesis');
  await save(other, arxiv, 'first', 'Later');
  for (const readerId of [one.readerId, other.readerId]) {
    await db.mailedPaper.create({ data: { readerId, paperId: journal, mailedAt: now } });
  }
  await db.mailedPaper.create({ data: { readerId: one.readerId, paperId: arxiv, mailedAt: now } });
  await db.interest.create({
    data: { readerId: one.readerId, name: 'a', paperIds: [journal, arxiv], createdAt: now },
  });
  const done = await mergePaper(db, COMMAND_LINE, { paperId: journal, intoId: arxiv, reason }, now);
  expect(done).toEqual({ paperId: journal });
  const votes = await db.vote.findMany({ orderBy: { readerId: 'asc' } });
  expect(votes.map(({ readerId, paperId, value }) => [readerId, paperId, value])).toEqual([
    [one.readerId, arxiv, 1],
    [other.readerId, arxiv, 1],
  ]);
  expect(await savedPapers(db, one)).toMatchObject([{ paperId: arxiv, note: 'Table 4' }]);
  expect(await savedPapers(db, other)).toMatchObject([{ paperId: arxiv, note: 'first\n\nsecond' }]);
  expect((await shelvesOf(db, other)).filter(({ papers }) => papers > 0)).toHaveLength(2);
  expect((await db.mailedPaper.findMany()).map(({ paperId }) => paperId)).toEqual([arxiv, arxiv]);
  expect((await db.interest.findMany())[0]!.paperIds).toEqual([arxiv]);
  const upvotes = await db.signal.findMany({ where: { kind: 'upvotes' } });
  expect(upvotes.map(({ paperId }) => paperId)).toEqual([arxiv, arxiv]);
  // What readers gave was counted anew at once.
  expect(await countStale(db, now)).toEqual({ readerSignals: 0 });
  expect(await publicLog(db, { before: null, limit: 5 })).toMatchObject([
    { act: 'merge', paperId: journal, detail: `no. ${arxiv}`, reason },
  ]);
});

test('its identities lead to the other paper, and no import brings it back', async () => {
  const { arxiv, journal } = await two();
  const deed = { paperId: journal, intoId: arxiv, reason };
  await mergePaper(db, COMMAND_LINE, deed, now);
  expect(await getPaper(db, journal)).toBeNull();
  expect(await mergedInto(db, journal)).toBe(arxiv);
  expect(await getPaper(db, arxiv)).toMatchObject({ arxivId: '2611.00001', doi: '10.1000/one' });
  expect(await findByIdentifiers(db, ['10.1000/one', '2611.00001'])).toEqual([arxiv]);
  await paper({ title: 'On one thing, revisited', doi: '10.1000/one', comment: 'again' });
  await paper({ title: 'On one thing, revisited' });
  expect(await db.paper.count()).toBe(2);
  expect(await getPaper(db, journal)).toBeNull();
  // A second time, and showing it again, are no acts.
  expect(await mergePaper(db, COMMAND_LINE, deed, now)).toBeNull();
  expect(await unhidePaper(db, COMMAND_LINE, { paperId: journal, reason }, now)).toBeNull();
  // What is merged on leads all the way.
  await paper({ source: 'arxiv-atom', title: 'Another thing', arxivId: '2611.00002' });
  const last = (await findByArxivId(db, '2611.00002'))!;
  await mergePaper(db, COMMAND_LINE, { paperId: arxiv, intoId: last, reason }, now);
  expect([await mergedInto(db, journal), await mergedInto(db, arxiv)]).toEqual([last, last]);
  // Of two papers on arXiv each keeps its id, and both lead to one.
  expect(await findByArxivId(db, '2611.00001')).toBe(last);
  expect(await findByArxivId(db, '2611.00002')).toBe(last);
  expect((await getPaper(db, last))!.doi).toBe('10.1000/one');
});

test('a paper is merged into none that is itself, hidden or unknown, and by nobody but an admin', async () => {
  const { arxiv, journal } = await two();
  await rankPapers(db, [arxiv, journal], now);
  const reader: Actor = { kind: 'session', readerId: 1, sessionId: 1, admin: false };
  const deed = { paperId: journal, intoId: arxiv, reason };
  await expect(mergePaper(db, reader, deed, now)).rejects.toThrow(NotAllowed);
  expect(await mergePaper(db, COMMAND_LINE, { ...deed, intoId: journal }, now)).toBeNull();
  expect(await mergePaper(db, COMMAND_LINE, { ...deed, intoId: 999 }, now)).toBeNull();
  expect(await mergePaper(db, COMMAND_LINE, { ...deed, paperId: 999 }, now)).toBeNull();
  await hidePaper(db, COMMAND_LINE, { paperId: arxiv, reason }, now);
  expect(await mergePaper(db, COMMAND_LINE, deed, now)).toBeNull();
  expect(await getPaper(db, journal)).not.toBeNull();
});
