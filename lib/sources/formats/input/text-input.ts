import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** A line of the input, or a part of one that is very long. */
export interface Piece {
  text: string;
  /** From 1. */
  line: number;
  /** Whether the line ends here. */
  ends: boolean;
}

/** Bytes of a line that are held at once. */
const LONGEST_PIECE = 1 << 20;
const NEWLINE = 10;

/** `bytes`, unpacked where they are gzip. */
export async function* unpacked(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { head, all } = await peekBytes(bytes, 2);
  if (head[0] !== 0x1f || head[1] !== 0x8b) {
    yield* all;
    return;
  }
  const source = Readable.from(all, { objectMode: false });
  const gunzip = createGunzip();
  source.on('error', (error) => gunzip.destroy(error));
  source.pipe(gunzip);
  try {
    yield* gunzip as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw new Error(
      `The compressed input cannot be unpacked to its end: ${(error as Error).message}`,
    );
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}

/**
 * The input as text, line by line, holding at most about one MiB. Bytes that are not UTF-8 are read as
 * Windows-1252.
 */
export async function* textPieces(
  bytes: AsyncIterable<Uint8Array>,
  onMisencoded: (line: number) => void = () => {},
): AsyncGenerator<Piece> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const fallback = new TextDecoder('windows-1252');
  let line = 1;
  let rest: Buffer = Buffer.alloc(0);

  const decode = (part: Buffer): string => {
    try {
      return decoder.decode(part);
    } catch {
      onMisencoded(line);
      return fallback.decode(part);
    }
  };

  for await (const chunk of asUtf8(bytes)) {
    let buffer = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (let end = buffer.indexOf(NEWLINE); end >= 0; end = buffer.indexOf(NEWLINE)) {
      const text = decode(buffer.subarray(0, end));
      yield { text: text.endsWith('\r') ? text.slice(0, -1) : text, line, ends: true };
      line++;
      buffer = buffer.subarray(end + 1);
    }
    while (buffer.length > LONGEST_PIECE) {
      const end = characterBoundary(buffer, LONGEST_PIECE);
      yield { text: decode(buffer.subarray(0, end)), line, ends: false };
      buffer = buffer.subarray(end);
    }
    rest = buffer;
  }
  if (rest.length > 0) yield { text: decode(rest), line, ends: true };
}

/** The last place at or before `at` where no UTF-8 character is cut. */
function characterBoundary(buffer: Buffer, at: number): number {
  for (let end = at; end > at - 4; end--) {
    if ((buffer[end]! & 0xc0) !== 0x80) return end;
  }
  return at;
}

/** Drops a byte-order mark; UTF-16 becomes UTF-8. */
async function* asUtf8(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  const { head, all } = await peekBytes(bytes, 3);
  const utf16 =
    head[0] === 0xff && head[1] === 0xfe
      ? 'utf-16le'
      : head[0] === 0xfe && head[1] === 0xff
        ? 'utf-16be'
        : null;
  if (utf16) {
    const decoder = new TextDecoder(utf16);
    for await (const chunk of all) yield Buffer.from(decoder.decode(chunk, { stream: true }));
    yield Buffer.from(decoder.decode());
    return;
  }
  let skip = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
  for await (const chunk of all) {
    const buffer = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    yield buffer.subarray(Math.min(skip, buffer.length));
    skip = Math.max(0, skip - buffer.length);
  }
}

/** The first `wanted` bytes, fewer where there are not so many, and all bytes again from the start. */
export async function peekBytes(
  bytes: AsyncIterable<Uint8Array>,
  wanted: number,
): Promise<{ head: Uint8Array; all: AsyncIterable<Uint8Array> }> {
  const iterator = bytes[Symbol.asyncIterator]();
  const seen: Uint8Array[] = [];
  let length = 0;
  while (length < wanted) {
    const next = await iterator.next();
    if (next.done) break;
    seen.push(next.value);
    length += next.value.length;
  }
  return { head: Buffer.concat(seen).subarray(0, wanted), all: replay(seen, iterator) };
}

/** The first pieces up to `characters`, and all of them again from the start. */
export async function peekPieces(
  pieces: AsyncIterable<Piece>,
  characters: number,
): Promise<{ head: Piece[]; all: AsyncIterable<Piece> }> {
  const iterator = pieces[Symbol.asyncIterator]();
  const head: Piece[] = [];
  let length = 0;
  while (length < characters) {
    const next = await iterator.next();
    if (next.done) break;
    head.push(next.value);
    length += next.value.text.length + 1;
  }
  return { head, all: replay([...head], iterator) };
}

async function* replay<T>(seen: T[], iterator: AsyncIterator<T>): AsyncGenerator<T> {
  try {
    yield* seen;
    seen.length = 0;
    for (let next = await iterator.next(); !next.done; next = await iterator.next())
      yield next.value;
  } finally {
    await iterator.return?.();
  }
}

/** Whole lines. A line longer than `longest` characters comes as its beginning, marked `cut`. */
export async function* wholeLines(
  pieces: AsyncIterable<Piece> | Iterable<Piece>,
  longest: number,
): AsyncGenerator<{ text: string; line: number; cut: boolean }> {
  let text = '';
  let cut = false;
  for await (const piece of pieces) {
    if (!cut) {
      text = text === '' ? piece.text : text + piece.text;
      if (text.length > longest) {
        text = text.slice(0, 4_000);
        cut = true;
      }
    }
    if (!piece.ends) continue;
    yield { text, line: piece.line, cut };
    text = '';
    cut = false;
  }
}
