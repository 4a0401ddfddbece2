import { z } from 'zod';
import { isoDay } from '@/lib/calendar/day-names';
import { DAY_MS } from '@/lib/calendar/days';
import type { ReadItem } from '@/lib/ingest/read-item';
import { checkpoint } from '@/lib/ingest/read-item';
import { onlyRejections, type Page, readPage, serviceError } from '@/lib/sources/poll/read-page';
import { type Poller, SourceError } from '@/lib/sources/poll/types';

const cursorSchema = z.object({
  /** Day of the last complete harvest, by set. */
  harvested: z.record(z.string(), z.string()).default({}),
  /** A harvest under way. */
  open: z
    .object({ set: z.string(), began: z.string(), token: z.string() })
    .nullable()
    .default(null),
});

/**
 * Harvests what changed since the day of the last complete harvest, one set (`cs`, `stat`) after the
 * other. Tokens expire within a day; then the set is begun again from its old day, which costs time
 * and loses nothing. A second bad token in one poll is a failure.
 */
export const pollOai: Poller = async function* ({ transport, config, now, cursor }) {
  const known = cursorSchema.safeParse(cursor);
  const { harvested, open } = known.success ? known.data : { harvested: {}, open: null };
  const first = isoDay(new Date(now.getTime() - config.firstDays * DAY_MS));
  const sets = [...new Set(config.categories.map((category) => category.split('.')[0]!))];
  const wanted = new Set(config.categories);
  let pending = open && open.began === isoDay(now) && sets.includes(open.set) ? open : null;

  for (const set of sets) {
    if (harvested[set] === isoDay(now) && pending?.set !== set) continue;
    if (pending && pending.set !== set) continue;
    const began: string = pending?.began ?? isoDay(now);
    let token: string | null = pending?.token ?? null;
    pending = null;
    let restarted = false;
    for (;;) {
      const parameters: Record<string, string> = token
        ? { verb: 'ListRecords', resumptionToken: token }
        : {
            verb: 'ListRecords',
            metadataPrefix: 'arXivRaw',
            set,
            from: harvested[set] ?? first,
          };
      const url = `${config.addresses.arxivOai}?${new URLSearchParams(parameters)}`;
      const page = await readPage({ transport, now }, url, 'arxiv-oai');
      const error = serviceError(page.items);
      if (error && token && !restarted && /badResumptionToken/.test(error)) {
        token = null;
        restarted = true;
        yield { kind: 'note', message: 'The harvest was begun again: its token had expired' };
        continue;
      }
      const problem = error ?? problemOfPage(page, token);
      if (problem) throw new SourceError(problem);
      token = null;
      for (const item of page.items) {
        if (item.kind === 'next') token = item.token;
        else if (isWanted(item, wanted)) yield item;
      }
      if (!token) break;
      yield checkpoint({ harvested, open: { set, began, token } });
    }
    // Datestamps have no time: the day of the harvest itself is asked for again next time.
    harvested[set] = began;
    yield checkpoint({ harvested, open: null });
  }
};

/**
 * Why a page does not say what comes next. The last page has an empty token or, where it is the only
 * one, none; a page with nothing at all is a mistake, after which the day must not count as harvested.
 */
function problemOfPage({ items, text }: Page, asked: string | null): string | null {
  const written = /<(?:\w+:)?resumptionToken(?:\s[^<>]*)?(?:\/>|>\s*([^<\s]?))/.exec(text);
  const next = items.find((item) => item.kind === 'next');
  if (items.length === 0 && !written)
    return 'arXiv answered with a page that has no records, no error and no token';
  if (written?.[1] && !next) return 'arXiv answered with a token that cannot be read';
  if (next && next.token === asked)
    return 'arXiv answered with a token that leads back to the same page';
  return onlyRejections(items);
}

function isWanted(item: ReadItem, wanted: ReadonlySet<string>): boolean {
  return item.kind !== 'record' || item.record.categories.some((category) => wanted.has(category));
}
