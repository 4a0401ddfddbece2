import type { JsonInput } from '@/lib/db/sql';
import type { SourcesConfig } from '@/lib/sources/config';
import { readInput } from '@/lib/sources/read';
import type { Format, ReadItem } from '@/lib/sources/reader';
import { type GetOptions, type Transport, wholeBody } from '@/lib/sources/transport';

export interface VisitContext {
  transport: Transport;
  config: SourcesConfig;
  now: Date;
  /** What the last checkpoint of this source said; null on the first visit. */
  cursor: unknown;
}

/** Everything new at a source, with a checkpoint wherever an interrupted visit may go on. */
export type Visitor = (context: VisitContext) => AsyncIterable<ReadItem>;

export function checkpoint(cursor: JsonInput): Extract<ReadItem, { kind: 'checkpoint' }> {
  return { kind: 'checkpoint', cursor };
}

/** The items on a page, empty where it has not changed, and the promise to have stored them. */
export async function readPage(
  { transport, now }: Pick<VisitContext, 'transport' | 'now'>,
  url: string,
  format: Format,
  options: GetOptions = {},
): Promise<{ items: ReadItem[]; changed: boolean; remember: () => Promise<void> }> {
  const { value, remember } = await transport.get(url, options, wholeBody);
  if (value === null) return { items: [], changed: false, remember };
  const { items } = await readInput(one(value), { now, format });
  const found: ReadItem[] = [];
  for await (const item of items) found.push(item);
  return { items: found, changed: true, remember };
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

export function recordsIn(items: readonly ReadItem[]) {
  return items.flatMap((item) => (item.kind === 'record' ? [item.record] : []));
}

/** Rejections that are the service's own errors rather than bad records. */
export function serviceError(items: readonly ReadItem[]): string | null {
  const error = items.find(
    (item) => item.kind === 'rejected' && /answered with an error/.test(item.reason),
  );
  return error?.kind === 'rejected' ? error.reason : null;
}

/** The source answered, but not with what was asked for. */
export class SourceError extends Error {
  override name = 'SourceError';
}

export const DAY = 86_400_000;

export function isoDay(date: Date): string {
  return date.toISOString().slice(0, 10);
}
