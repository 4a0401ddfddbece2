import { z } from 'zod';
import { DAY_MS } from '@/lib/calendar/days';
import type { ReadItem } from '@/lib/ingest/read-item';
import { checkpoint } from '@/lib/ingest/read-item';
import { onlyRejections, readPage, recordsIn, serviceError } from '@/lib/sources/poll/read-page';
import { type PollContext, type Poller, SourceError } from '@/lib/sources/poll/types';

const PAGE = 500;
/** arXiv gives no more than this many in all for one query. */
const MOST = 30_000;
const ASKED_AGAIN = 2;

const cursorSchema = z.object({
  /** When the newest paper of the last complete poll was submitted. */
  submittedUntil: z.coerce.date().nullable().default(null),
  /** A poll under way: the place of its next page, how far back it goes, and its newest paper. */
  open: z
    .object({ start: z.number(), since: z.coerce.date(), newest: z.coerce.date() })
    .nullable()
    .default(null),
});

/**
 * Newest submissions first, back to the newest of the poll before. What is submitted while a poll is
 * interrupted pushes the rest towards later places, so the poll may read some papers twice and misses
 * none; the next one begins at its newest.
 */
export const pollAtom: Poller = async function* (context) {
  const { config, now, cursor } = context;
  const known = cursorSchema.safeParse(cursor);
  const { submittedUntil, open } = known.success
    ? known.data
    : { submittedUntil: null, open: null };
  const since =
    open?.since ?? submittedUntil ?? new Date(now.getTime() - config.firstDays * DAY_MS);
  let newest = open?.newest ?? since;
  let start = open?.start ?? 0;
  const query = queryOf(config.categories);

  while (start < MOST) {
    const { items, total } = await answerOf(context, {
      search_query: query,
      sortBy: 'submittedDate',
      sortOrder: 'descending',
      start: String(start),
      max_results: String(PAGE),
    });
    const entries = entriesIn(items);
    // The end of the list is never asked for: a page before it that is empty is a mistake.
    if (entries === 0) throw emptyPage(start, total);
    yield* items;
    // A date in the future would hide all papers until then.
    const submitted = recordsIn(items).flatMap(({ publishedAt: date }) =>
      date && date <= now ? [date] : [],
    );
    newest = latest([newest, ...submitted]);
    start += entries;
    if (submitted.some((date) => date <= since) || (total !== null && start >= total)) break;
    yield checkpoint({
      submittedUntil: submittedUntil?.toISOString() ?? null,
      open: { start, since: since.toISOString(), newest: newest.toISOString() },
    });
  }
  yield checkpoint({ submittedUntil: newest.toISOString(), open: null });
};

function queryOf(categories: readonly string[]): string {
  return categories.map((category) => `cat:${category}`).join(' OR ');
}

/** Pages of a past day: most days are one or two of them, and each costs a pause. */
const DAY_PAGE = 1_000;

/** What was submitted on a day, in UTC, the newest first. A day has far fewer papers than one query gives. */
export async function* submissionsOfDay(
  context: Pick<PollContext, 'transport' | 'config' | 'now'>,
  day: string,
): AsyncGenerator<ReadItem, undefined> {
  const compact = day.replaceAll('-', '');
  for (let start = 0; ; ) {
    const { items, total } = await answerOf(context, {
      search_query: `(${queryOf(context.config.categories)}) AND submittedDate:[${compact}0000 TO ${compact}2359]`,
      sortBy: 'submittedDate',
      sortOrder: 'descending',
      start: String(start),
      max_results: String(DAY_PAGE),
    });
    const entries = entriesIn(items);
    if (entries === 0 && total !== 0) throw emptyPage(start, total);
    yield* items;
    start += entries;
    if (total === null ? entries < DAY_PAGE : start >= total) return;
  }
}

function emptyPage(start: number, total: number | null): SourceError {
  return new SourceError(`arXiv answered with an empty page at ${start} of ${total ?? '?'} papers`);
}

function latest(dates: readonly Date[]): Date {
  return new Date(Math.max(...dates.map((date) => date.getTime())));
}

function entriesIn(items: readonly ReadItem[]): number {
  return items.filter(({ kind }) => kind === 'record' || kind === 'rejected').length;
}

/** arXiv sends answers without entries now and then that have some when asked again. */
async function answerOf(
  context: Pick<PollContext, 'transport' | 'config' | 'now'>,
  parameters: Record<string, string>,
): Promise<{ items: ReadItem[]; total: number | null }> {
  const url = `${context.config.addresses.arxivQuery}?${new URLSearchParams(parameters)}`;
  for (let attempt = 0; ; attempt++) {
    const { items, text } = await readPage(context, url, 'arxiv-atom');
    const problem = serviceError(items) ?? onlyRejections(items);
    if (problem) throw new SourceError(problem);
    const total = /<(?:\w+:)?totalResults[^>]*>\s*(\d+)\s*</.exec(text)?.[1];
    if (entriesIn(items) > 0 || attempt >= ASKED_AGAIN) {
      return { items, total: total === undefined ? null : Number(total) };
    }
  }
}

const IDS_AT_ONCE = 100;

/** The records of these arXiv ids, as far as arXiv has them. */
export async function* fetchByArxivId(
  context: Pick<PollContext, 'transport' | 'config' | 'now'>,
  arxivIds: readonly string[],
): AsyncGenerator<ReadItem> {
  for (let from = 0; from < arxivIds.length; from += IDS_AT_ONCE) {
    const ids = arxivIds.slice(from, from + IDS_AT_ONCE);
    const { items, total } = await answerOf(context, {
      id_list: ids.join(','),
      max_results: String(IDS_AT_ONCE),
    });
    if (entriesIn(items) === 0 && total) {
      throw new SourceError(`arXiv answered with an empty page for ${total} papers`);
    }
    yield* items;
  }
}
