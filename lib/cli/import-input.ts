import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { download } from '@/lib/sources/fetch/download';
import type { Transport } from '@/lib/sources/fetch/transport';
import { type Output, UsageError } from './command';

/** What `import` was told to read. */
interface Input {
  bytes: AsyncIterable<Uint8Array>;
  /** In bytes, where it is known. */
  size?: number;
  bytesRead: () => number;
  dispose: () => Promise<void>;
}

/** A file, `-` for standard input, or an http(s) address. */
export async function openInput(
  from: string,
  transport: Transport,
  output: Output,
): Promise<Input> {
  if (from === '-') return counted(process.stdin);
  if (/^https?:\/\//i.test(from)) {
    if (!URL.canParse(from)) {
      throw new UsageError(
        `${from} is no address; give one such as https://example.org/papers.txt.`,
      );
    }
    const { bytes, size, dispose } = await download(transport, from, (count) =>
      output.progress(`${(count / 1e6).toFixed(1)} MB received`),
    );
    return { ...counted(bytes, size), dispose };
  }
  return counted(createReadStream(from), await fileSize(from));
}

async function fileSize(path: string): Promise<number> {
  const found = await stat(path).catch((error: Error) => {
    throw new Error(`${path} cannot be read: ${error.message}`);
  });
  if (found.isDirectory()) throw new Error(`${path} is a folder; give a file.`);
  return found.size;
}

function counted(source: AsyncIterable<Uint8Array>, size?: number): Input {
  let read = 0;
  async function* bytes() {
    for await (const chunk of source) {
      read += chunk.length;
      yield chunk;
    }
  }
  return { bytes: bytes(), size, bytesRead: () => read, dispose: async () => {} };
}
