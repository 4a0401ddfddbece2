import { rankPapers } from '../../lib/feed/rank';
import { countStale } from '../../lib/readers/interest-signals';
import { castVote } from '../../lib/readers/vote-store';
import { scratchDatabase } from './database';
import type { Report } from './figure';

const READERS = 1_000;
const PAPERS = 10;
const AT_ONCE = 50;

/**
 * 10,000 votes by 1,000 readers, 50 at a time, every tenth of them sent twice: counted exactly once. On the
 * embedded database, and over 50 connections on the PostgreSQL of `DATABASE_URL` where that is set.
 */
export default async function votes(report: Report): Promise<void> {
  await count(report, null);
  if (!process.env.DATABASE_URL) return;
  const url = new URL(process.env.DATABASE_URL);
  url.searchParams.set('connection_limit', String(AT_ONCE));
  await count(report, url.href);
}

async function count(report: Report, url: string | null): Promise<void> {
  const { db, kind, remove } = await scratchDatabase('bench_votes', url);
  const now = new Date('2026-11-23T12:00:00Z');
  const ids = Array.from({ length: PAPERS }, (_, index) => index + 1);
  await db.paper.createMany({
    data: ids.map((id) => ({
      id,
      title: `Paper ${id}`,
      titleKey: `paper ${id}`,
      firstAuthorKey: 'doe',
      abstract: '',
      firstSeenAt: now,
    })),
  });
  await rankPapers(db, ids, now);
  await db.reader.createMany({
    data: Array.from({ length: READERS }, (_, index) => ({
      id: index + 1,
      email: `voter-${index}@example.org`,
      emailKey: `voter-${index}@example.org`,
      addressHash: `voter-${index}`,
    })),
  });
  const waiting = ids.flatMap((paperId) =>
    Array.from({ length: READERS }, (_, index) => ({ readerId: index + 1, paperId })),
  );
  waiting.push(...waiting.filter((_, index) => index % 10 === 0));
  const sent = waiting.length;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let vote = waiting.pop(); vote; vote = waiting.pop()) {
        const { readerId, paperId } = vote;
        const actor = { kind: 'token', readerId, scopes: ['write'] } as const;
        await castVote(db, actor, { paperId, value: 1, network: `n${readerId}` }, now);
      }
    }),
  );
  const seconds = (performance.now() - began) / 1_000;
  await countStale(db, now);
  const counted = await db.signal.findMany({ where: { kind: 'votes' } });
  const off = ids.filter((id) => counted.find((each) => each.paperId === id)?.value !== READERS);
  await remove();
  report({
    figure: 'papers whose votes are not counted exactly once',
    value: off.length,
    unit: 'papers',
    reference: `${sent} votes by ${READERS} readers, ${AT_ONCE} at a time, ${kind}`,
    goal: '<= 0',
    ok: off.length === 0,
  });
  report({
    figure: 'votes taken',
    value: Math.round(sent / seconds),
    unit: 'a second',
    reference: `${AT_ONCE} at a time, ${kind}`,
    goal: '>= 100',
    ok: sent / seconds >= 100,
  });
}
