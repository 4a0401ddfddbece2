import { DAY_MS } from '@/lib/calendar/days';
import type { Db } from '@/lib/db/sql';
import { bumpCatalogueVersion } from '@/lib/feed/catalogue-version';
import { risingTopics } from './detect';
import { SPAN_NAMES, SPANS, type Span, spansOf } from './spans';
import { type KeptRising, keepRising, LONGEST_DAYS, papersUpTo, tagCounts } from './store';

interface FindOptions {
  /** As of when: a moment in the past gives what rose then. */
  now: Date;
  progress?: (done: number, total: number) => void;
}

/** Finds what rises in each span that has enough papers, and keeps it. */
export async function findRising(db: Db, { now, progress }: FindOptions): Promise<KeptRising[]> {
  const papers = await papersUpTo(db, now, LONGEST_DAYS);
  const newer = (days: number) => {
    const from = now.getTime() - days * DAY_MS;
    return papers.filter(({ publishedAt }) => publishedAt.getTime() >= from).length;
  };
  // Without as many papers before it, a span has nothing to be compared with.
  const counts = Object.fromEntries(
    SPAN_NAMES.map((span) => {
      const { days, before } = SPANS[span];
      const recent = newer(days);
      return [span, newer(days + before) >= 2 * recent ? recent : 0];
    }),
  ) as Record<Span, number>;
  const spans = spansOf(counts);
  const found: KeptRising[] = [];
  for (const [index, span] of spans.entries()) {
    const { topics, recent } = risingTopics(papers, SPANS[span], now, (done) =>
      progress?.(index * 2 * papers.length + done, spans.length * 2 * papers.length),
    );
    found.push({
      span,
      asOf: now,
      recent,
      topics: await Promise.all(
        topics.map(async ({ ids, ...topic }) => {
          const tags = await tagCounts(db, ids);
          return {
            ...topic,
            tags: [...tags].filter(([, n]) => n >= ids.length / 3).map(([slug]) => slug),
          };
        }),
      ),
    });
  }
  await keepRising(db, found);
  await bumpCatalogueVersion(db);
  return found;
}
