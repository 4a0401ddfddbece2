import { expect, it } from 'vitest';
import { latestRejected } from '@/lib/ingest/rejected-store';
import { importInput } from '@/lib/sources/import';
import { retryRejected } from '@/lib/sources/rejected-records';
import { emptyTables, testDatabase } from '../database';
import { bytes } from './papers';

const db = await testDatabase();
const now = new Date('2026-11-23T12:00:00Z');

const ABSTRACT =
  'We present an invented router that predicts two tokens ahead which experts will be asked, and show that it keeps the quality of the full model on four benchmarks while it needs a fifth of its memory.';
const pageOf = (text: string) =>
  `Trending Papers\n\nSubmitted by\n\nann\n\nTidal Routing\n\n${text}\n\nAnn Lab\n\nUpvote\n\n12\n\nTop remarks\n\nSubmitted by\n\nbob\n\nA Title Without an Abstract\n\nUpvote\n\n3\n`;

it('keeps what a page has beside its papers as rejected records, which no retry takes for papers', async () => {
  await emptyTables(db);
  const report = await importInput(db, bytes(pageOf(`${ABSTRACT} It is ours.`)), { now });
  expect(report).toMatchObject({ new: 1, rejected: 2 });
  expect(report.rejections.map(({ reason }) => reason)).toEqual([
    'of no paper: "Top remarks"',
    expect.stringContaining('--format listing'),
  ]);
  expect((await latestRejected(db, 10)).map(({ raw }) => raw).sort()).toEqual([
    'A Title Without an Abstract',
    'Top remarks',
  ]);
  expect(await retryRejected(db, { now })).toMatchObject({ new: 0, rejected: 2 });
});

it('never lets a summary take the place of an abstract, and an abstract that of a summary', async () => {
  await emptyTables(db);
  const kept = () => db.paper.findMany({ select: { abstract: true, abstractKind: true } });
  const summary =
    'The router predicts which experts will be asked and needs a fifth of the memory.';
  const abstract = `${ABSTRACT} It is ours.`;
  await importInput(db, bytes(pageOf(summary)), { now });
  expect(await kept()).toEqual([{ abstract: summary, abstractKind: 'summary' }]);
  await importInput(db, bytes(pageOf(abstract)), { now });
  expect(await kept()).toEqual([{ abstract, abstractKind: 'abstract' }]);
  await importInput(db, bytes(pageOf(summary)), { now });
  expect(await kept()).toEqual([{ abstract, abstractKind: 'abstract' }]);
});
