import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ReadItem } from '@/lib/ingest/read-item';
import type { Format } from '@/lib/sources/formats/input/types';
import { readInput } from '@/lib/sources/formats/read';

export const NOW = new Date('2026-11-23T12:00:00Z');

/** Everything a reader finds in `input`, delivered in chunks of `size` bytes. */
export async function read(
  input: string | Uint8Array,
  options: { format?: Format; date?: Date; size?: number } = {},
): Promise<ReadItem[]> {
  const bytes = typeof input === 'string' ? Buffer.from(input) : input;
  const { items } = await readInput(chunks(bytes, options.size ?? 65_536), {
    now: NOW,
    ...options,
  });
  const found: ReadItem[] = [];
  for await (const item of items) found.push(item);
  return found;
}

export async function* chunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

export function records(items: ReadItem[]) {
  return items.flatMap((item) => (item.kind === 'record' ? [item.record] : []));
}

export function rejections(items: ReadItem[]) {
  return items.flatMap((item) => (item.kind === 'rejected' ? [item] : []));
}

/** A file of real material beside the project, or null where there is none. */
export function sharedFile(path: string): string | null {
  const file = fileURLToPath(new URL(`../../../../shared/data/${path}`, import.meta.url));
  return existsSync(file) ? file : null;
}
