import type { ReadItem } from '@/lib/ingest/read-item';
import { wholeBody } from '@/lib/sources/fetch/request';
import type { GetOptions } from '@/lib/sources/fetch/transport';
import type { Format } from '@/lib/sources/formats/input/types';
import { readInput } from '@/lib/sources/formats/read';
import { type PollContext, SourceError } from '@/lib/sources/poll/types';
import { problemOfAnswer } from '@/lib/sources/poll/whole-answer';

export interface Page {
  /** None where the page has not changed. */
  items: ReadItem[];
  text: string;
  changed: boolean;
  /** Call it when the items are stored. */
  remember: () => Promise<void>;
}

/** Gets and reads one answer. Throws `SourceError` where it is none, or not all of it. */
export async function readPage(
  { transport, now }: Pick<PollContext, 'transport' | 'now'>,
  url: string,
  format: Format,
  options: GetOptions = {},
): Promise<Page> {
  const { value, remember } = await transport.get(url, options, wholeBody);
  if (value === null) return { items: [], text: '', changed: false, remember };
  const text = value.toString();
  const problem = problemOfAnswer(text, format);
  if (problem) throw new SourceError(`${new URL(url).host} answered with ${problem}`);
  const { items } = await readInput(one(value), { now, format });
  const found: ReadItem[] = [];
  for await (const item of items) found.push(item);
  return { items: found, text, changed: true, remember };
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

/** Where a page has rejections and no record, the page is what is broken: its first rejection. */
export function onlyRejections(items: readonly ReadItem[]): string | null {
  if (items.some(({ kind }) => kind === 'record' || kind === 'deleted')) return null;
  const first = items.find((item) => item.kind === 'rejected');
  return first ? `nothing on the page could be read: ${first.at}: ${first.reason}` : null;
}
