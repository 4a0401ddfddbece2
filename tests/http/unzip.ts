import { inflateRawSync } from 'node:zlib';

/** The text of a file's first entry. */
export function firstEntry(file: Buffer): string {
  const packed = file.readUInt32LE(18);
  const start = 30 + file.readUInt16LE(26) + file.readUInt16LE(28);
  return inflateRawSync(file.subarray(start, start + packed)).toString();
}
