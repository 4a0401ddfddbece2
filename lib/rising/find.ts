import { DAY_MS } from '@/lib/calendar/days';
import type { Db } from '@/lib/db/sql';
import { bumpCatalogueVersion } from '@/lib/feed/catalogue-version';
import { type Rising, risingTopics } from './detect';
import { figuresInTags } from './in-tags';
import { risesOf } from './rises';
import { SPAN_NAMES, SPANS, type Span, spansOf } from './spans';
import {
  type KeptRising,
  keepRising,
  LONGEST_DAYS,
  papersUpTo,
  readRising,
  tagsOfPapers,
  tagTotals,
} from './store';

interface FindOptions {
  /** As of when: a moment in the past gives what rose then. */
  now: Date;
  progress?: (done: number, total: number) => void;
}

/** Newest papers that are kept of a topic. */
const KEPT_PAPERS = 5;

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
  const known = new Map((await readRising(db)).map((kept) => [kept.span, kept]));
  const found: KeptRising[] = [];
  for (const [index, span] of spans.entries()) {
    const rising = risingTopics(papers, SPANS[span], now, (done, of) =>
      progress?.(index * of + done, spans.length * of),
    );
    found.push(await keptOf(db, span, now, rising, known.get(span)));
  }
  await keepRising(db, found);
  await bumpCatalogueVersion(db);
  return found;
}

/** What is kept of a span: each topic with the tags that it belongs to, and since when it rises. */
async function keptOf(
  db: Db,
  span: Span,
  now: Date,
  { recent, topics }: Rising,
  known: KeptRising | undefined,
): Promise<KeptRising> {
  const all = topics.flatMap(({ recentPapers, earlierPapers }) => [
    ...recentPapers,
    ...earlierPapers,
  ]);
  const tagWindow = {
    now,
    from: new Date(now.getTime() - 2 * SPANS[span].days * DAY_MS),
    tagsOf: await tagsOfPapers(db, [...new Set(all.map(({ id }) => id))]),
    totals: await tagTotals(db, now, SPANS[span]),
  };
  const before = known ? [...known.topics.map(({ rise }) => rise), ...known.ended] : [];
  const { rises, ended } = risesOf(topics, before, now);
  return {
    span,
    asOf: now,
    recent,
    topics: topics.map(({ keys, recentPapers, earlierPapers, ...topic }, i) => ({
      ...topic,
      rise: rises[i]!,
      newest: recentPapers.slice(0, KEPT_PAPERS).map(({ id }) => id),
      tags: figuresInTags({ recentPapers, earlierPapers }, tagWindow),
    })),
    ended,
  };
}
