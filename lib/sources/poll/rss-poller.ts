import { isoDay } from '@/lib/calendar/day-names';
import { checkpoint } from '@/lib/ingest/read-item';
import type { PaperRecord } from '@/lib/papers/paper';
import { readPage, recordsIn } from '@/lib/sources/poll/read-page';
import type { Poller } from '@/lib/sources/poll/types';

/** The day's announcements of all categories in one page. */
export const pollRss: Poller = async function* ({ transport, config, now }) {
  const url = `${config.addresses.arxivRss}/${config.categories.join('+')}`;
  const { items, changed, remember } = await readPage({ transport, now }, url, 'arxiv-rss', {
    ifChanged: true,
  });
  yield* items;
  if (!changed) return;
  const behind = categoriesBehind(recordsIn(items), config.categories);
  if (behind.length > 0) {
    yield { kind: 'note', message: `arXiv served an older batch of ${behind.join(', ')}` };
  }
  // A page with an older batch is asked for again whole.
  yield checkpoint({ seen: isoDay(now) }, behind.length === 0 ? remember : undefined);
};

/** Categories whose latest announcement is of an earlier day than the latest on the page. */
function categoriesBehind(
  records: readonly Pick<PaperRecord, 'categories' | 'publishedAt' | 'revisedAt'>[],
  categories: readonly string[],
): string[] {
  const latest = new Map<string, string>();
  let newest = '';
  for (const { categories: listed, publishedAt, revisedAt } of records) {
    const date = revisedAt ?? publishedAt;
    if (!date) continue;
    const day = isoDay(date);
    if (day > newest) newest = day;
    for (const category of listed) {
      if (day > (latest.get(category) ?? '')) latest.set(category, day);
    }
  }
  return categories.filter((category) => (latest.get(category) ?? newest) < newest);
}
