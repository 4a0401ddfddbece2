import { beforeEach, describe, expect, it } from 'vitest';
import { sql } from '@/lib/db/sql';
import { storeBatch } from '@/lib/ingest/batch';
import { type Draft, draftOf } from '@/lib/papers/draft';
import type { PaperRecord } from '@/lib/papers/paper';
import { findByArxivId, getPaper, getPapers } from '@/lib/papers/store';
import { emptyTables, testDatabase } from '../database';

const db = await testDatabase();
const NOW = new Date('2026-11-23T12:00:00Z');

function draft(more: Partial<PaperRecord> = {}): Draft {
  const made = draftOf(
    {
      source: 'arxiv-atom',
      title: 'A Title with $\\alpha$ & "quotes"',
      abstract: 'An abstract.\n\nIn {two} paragraphs, with a \\ in it.',
      authors: ['Ann Author', 'Bob "The" O\'Other', 'Ünïcode, Jr.'],
      categories: ['cs.LG'],
      keywords: [],
      signals: [],
      ...more,
    },
    NOW,
  );
  if ('problem' in made) throw new Error(made.problem);
  return made;
}

beforeEach(() => emptyTables(db));

describe('stored papers', () => {
  it('come back as they were written, in the order asked for, hidden ones left out', async () => {
    const { pending } = await storeBatch(
      db,
      [
        draft({
          arxivId: '2401.00001',
          version: 2,
          doi: '10.1000/x',
          publishedAt: new Date('2024-01-01T10:00:00Z'),
        }),
        draft({ arxivId: '2401.00002' }),
        draft({ arxivId: '2401.00003' }),
      ],
      [],
      NOW,
    );
    const [a, b, c] = pending!.paperIds as [number, number, number];
    expect(await getPaper(db, a)).toMatchObject({
      arxivId: '2401.00001',
      version: 2,
      doi: '10.1000/x',
      title: 'A Title with $\\alpha$ & "quotes"',
      authors: ['Ann Author', 'Bob "The" O\'Other', 'Ünïcode, Jr.'],
      publishedAt: new Date('2024-01-01T10:00:00Z'),
      firstSeenAt: NOW,
      tags: [],
    });
    await db.$executeRaw(sql`update paper set hidden_at = now() where id = ${b}`);
    expect((await getPapers(db, [c, 999_999, b, a])).map(({ id }) => id)).toEqual([c, a]);
    expect(await getPaper(db, b)).toBeNull();
    expect(await findByArxivId(db, '2401.00003')).toBe(c);
    expect(await findByArxivId(db, '2401.00002')).toBeNull();
  });

  it('are not written again when nothing changed, and keep their ids when something did', async () => {
    const first = await storeBatch(db, [draft({ arxivId: '2401.00001', version: 1 })], [], NOW);
    const version = () => db.$queryRaw<{ xmin: string }[]>(sql`select xmin::text from paper`);
    const before = await version();
    const again = await storeBatch(db, [draft({ arxivId: '2401.00001', version: 1 })], [], NOW);
    expect(again).toMatchObject({ outcomes: ['unchanged'], pending: null });
    expect(await version()).toEqual(before);
    const revised = await storeBatch(
      db,
      [draft({ arxivId: '2401.00001', version: 2, title: 'New' })],
      [],
      NOW,
    );
    expect(revised.outcomes).toEqual(['updated']);
    expect(revised.pending?.paperIds).toEqual(first.pending?.paperIds);
  });

  it('keep their history of signals: a repeated value adds nothing, a new one a row', async () => {
    const at = (hour: number, value: number) =>
      draft({
        arxivId: '2401.00001',
        signals: [{ kind: 'upvotes', value, seenAt: new Date(NOW.getTime() + hour * 3_600_000) }],
      });
    const outcomes = [];
    for (const [hour, value] of [
      [0, 5],
      [0, 5],
      [1, 5],
      [2, 7],
    ] as const) {
      outcomes.push(...(await storeBatch(db, [at(hour, value)], [], NOW)).outcomes);
    }
    expect(outcomes).toEqual(['new', 'unchanged', 'unchanged', 'updated']);
    expect(
      (await db.signal.findMany({ orderBy: { seenAt: 'asc' } })).map(({ value }) => value),
    ).toEqual([5, 7]);
  });

  it('stay one row each when many store the same papers at once', async () => {
    const drafts = Array.from({ length: 20 }, (_, i) =>
      draft({ title: `Paper ${i}`, arxivId: `2401.${String(i).padStart(5, '0')}` }),
    );
    const listed = drafts.map(({ title }) =>
      draft({ source: 'listing', title, authors: [], categories: [] }),
    );
    const results = await Promise.all(
      [drafts, listed, drafts, listed].map((each) => storeBatch(db, each, [], NOW)),
    );
    expect(await db.paper.count()).toBe(20);
    expect(
      results.flatMap(({ outcomes }) => outcomes).filter((outcome) => outcome === 'new'),
    ).toHaveLength(20);
    expect(await db.paper.count({ where: { arxivId: null } })).toBe(0);
  });

  it('are marked as withdrawn when their source deletes them, once', async () => {
    await storeBatch(db, [draft({ arxivId: '2401.00001' })], [], NOW);
    expect(await storeBatch(db, [], ['2401.00001', '2401.99999'], NOW)).toMatchObject({
      withdrawn: 1,
    });
    expect(await storeBatch(db, [], ['2401.00001'], NOW)).toMatchObject({
      withdrawn: 0,
      pending: null,
    });
  });
});
