import { z } from 'zod';
import { isoDay } from '@/lib/calendar/day-names';
import { DAY_MS } from '@/lib/calendar/days';
import type { ReadItem } from '@/lib/ingest/read-item';
import { checkpoint } from '@/lib/ingest/read-item';
import { readPage, serviceError } from '@/lib/sources/poll/read-page';
import { type Poller, SourceError } from '@/lib/sources/poll/types';

const PAGE = 100;

const cursorSchema = z.object({
  /** Day on which the older days were last asked again. */
  olderOn: z.string().nullable().default(null),
  /** The oldest day still to be asked, in a poll that was interrupted. */
  reached: z.string().nullable().default(null),
});

/** Today's and yesterday's list each time, and once a day the older ones, whose upvotes still move. */
export const pollDailyPapers: Poller = async function* (context) {
  const { config, now, cursor } = context;
  const known = cursorSchema.safeParse(cursor);
  const { olderOn, reached } = known.success ? known.data : { olderOn: null, reached: null };
  const today = isoDay(now);
  const days = olderOn === today ? 2 : config.dailyPapersDays;

  for (let back = 0; back < days; back++) {
    const day = isoDay(new Date(now.getTime() - back * DAY_MS));
    // Days above the one reached were asked before the interruption.
    if (back >= 2 && reached !== null && day > reached) continue;
    const remember = yield* dailyPapersOf(context, day);
    yield checkpoint({ olderOn, reached: back >= 2 ? day : reached }, remember);
  }
  yield checkpoint({ olderOn: today, reached: null });
};

/**
 * One day's list, page by page. Only its last page, which is not full, is remembered and asked for only
 * if it changed. So "not changed" means that no page follows.
 */
export async function* dailyPapersOf(
  context: Parameters<Poller>[0],
  day: string,
): AsyncGenerator<ReadItem, () => Promise<void>> {
  for (let page = 0; ; page++) {
    const parameters = new URLSearchParams({ date: day, p: String(page), limit: String(PAGE) });
    const { items, remember } = await readPage(
      context,
      `${context.config.addresses.dailyPapers}?${parameters}`,
      'daily-papers',
      { ifChanged: true },
    );
    const error = serviceError(items);
    if (error) throw new SourceError(error);
    yield* items;
    if (items.length < PAGE) return remember;
  }
}
