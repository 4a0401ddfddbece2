import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { HOUR_MS } from '@/lib/calendar/days';
import type { Transport } from '@/lib/sources/fetch/transport';

const MAX_BYTES = 20 * 2 ** 30;
const TOTAL_MS = 6 * HOUR_MS;

/** A page or file from the network in a temporary file, so that it may be large and begun again. */
export async function download(
  transport: Transport,
  url: string,
  onBytes: (count: number) => void = () => {},
): Promise<{ bytes: AsyncIterable<Uint8Array>; size: number; dispose: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'broadsheet-import-'));
  const file = join(folder, 'input');
  const dispose = () => rm(folder, { recursive: true, force: true });
  try {
    await transport.get(url, { maxBytes: MAX_BYTES, totalMs: TOTAL_MS }, async ({ body }) => {
      let count = 0;
      async function* counted() {
        for await (const chunk of body) {
          count += chunk.length;
          onBytes(count);
          yield chunk;
        }
      }
      await pipeline(Readable.from(counted(), { objectMode: false }), createWriteStream(file));
    });
    const { size } = await stat(file);
    return { bytes: createReadStream(file), size, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}
