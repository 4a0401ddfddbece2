import { z } from 'zod';
import type { ReadItem } from '@/lib/sources/reader';
import {
  checkpoint,
  DAY,
  isoDay,
  readPage,
  SourceError,
  serviceError,
  type Visitor,
} from './visitor';

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
 * and loses nothing.
 */
export const visitOai: Visitor = async function* ({ transport, config, now, cursor }) {
  const known = cursorSchema.safeParse(cursor);
  const { harvested, open } = known.success ? known.data : { harvested: {}, open: null };
  const first = isoDay(new Date(now.getTime() - config.firstDays * DAY));
  const sets = [...new Set(config.categories.map((category) => category.split('.')[0]!))];
  const wanted = new Set(config.categories);
  let pending = open && open.began === isoDay(now) ? open : null;

  for (const set of sets) {
    if (harvested[set] === isoDay(now) && pending?.set !== set) continue;
    if (pending && pending.set !== set) continue;
    const began: string = pending?.began ?? isoDay(now);
    let token: string | null = pending?.token ?? null;
    pending = null;
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
      const { items } = await readPage({ transport, now }, url, 'arxiv-oai');
      const error = serviceError(items);
      if (error && token && /badResumptionToken/.test(error)) {
        token = null;
        yield { kind: 'note', message: 'The harvest was begun again: its token had expired' };
        continue;
      }
      if (error) throw new SourceError(error);
      token = null;
      for (const item of items) {
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

function isWanted(item: ReadItem, wanted: ReadonlySet<string>): boolean {
  return item.kind !== 'record' || item.record.categories.some((category) => wanted.has(category));
}
