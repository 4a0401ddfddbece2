import { z } from 'zod';
import type { ReadItem } from '@/lib/sources/reader';
import type { Transport } from '@/lib/sources/transport';
import {
  checkpoint,
  DAY,
  readPage,
  recordsIn,
  SourceError,
  serviceError,
  type VisitContext,
  type Visitor,
} from './visitor';

const PAGE = 500;
/** arXiv gives no more than this many in all for one query. */
const MOST = 30_000;
const ASKED_AGAIN = 2;

const cursorSchema = z.object({ submittedUntil: z.coerce.date() });

/** Newest submissions first, back to the newest of the visit before. */
export const visitAtom: Visitor = async function* ({ transport, config, now, cursor }) {
  const known = cursorSchema.safeParse(cursor);
  const since = known.success
    ? known.data.submittedUntil
    : new Date(now.getTime() - config.firstDays * DAY);
  const query = config.categories.map((category) => `cat:${category}`).join(' OR ');
  let newest = since;

  for (let start = 0; start < MOST; start += PAGE) {
    const parameters = new URLSearchParams({
      search_query: query,
      sortBy: 'submittedDate',
      sortOrder: 'descending',
      start: String(start),
      max_results: String(PAGE),
    });
    const items = await nonEmptyPage(
      transport,
      now,
      `${config.addresses.arxivQuery}?${parameters}`,
    );
    const submitted = recordsIn(items).map(({ publishedAt }) => publishedAt ?? now);
    yield* items;
    newest = new Date(Math.max(newest.getTime(), ...submitted.map((date) => date.getTime())));
    // Only once all is read: pages come newest first, and what is older would be missed.
    if (submitted.length === 0 || submitted.some((date) => date <= since)) break;
  }
  yield checkpoint({ submittedUntil: newest.toISOString() });
};

/** arXiv sends pages without entries now and then that have some when asked again. */
async function nonEmptyPage(transport: Transport, now: Date, url: string): Promise<ReadItem[]> {
  for (let attempt = 0; ; attempt++) {
    const { items } = await readPage({ transport, now }, url, 'arxiv-atom');
    const error = serviceError(items);
    if (error) throw new SourceError(error);
    if (items.length > 0 || attempt >= ASKED_AGAIN) return items;
  }
}

const IDS_AT_ONCE = 100;

/** The records of these arXiv ids, as far as arXiv has them. */
export async function* fetchByArxivId(
  { transport, config: { addresses }, now }: Pick<VisitContext, 'transport' | 'config' | 'now'>,
  arxivIds: readonly string[],
): AsyncGenerator<ReadItem> {
  for (let from = 0; from < arxivIds.length; from += IDS_AT_ONCE) {
    const ids = arxivIds.slice(from, from + IDS_AT_ONCE);
    const parameters = new URLSearchParams({
      id_list: ids.join(','),
      max_results: String(IDS_AT_ONCE),
    });
    const { items } = await readPage(
      { transport, now },
      `${addresses.arxivQuery}?${parameters}`,
      'arxiv-atom',
    );
    yield* items;
  }
}
