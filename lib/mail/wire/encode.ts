import { oneLine } from '@/lib/runtime/one-line';

/** Transfer and header encodings: text in, ASCII that may stand in a message out. */

const HEX = Array.from(
  { length: 256 },
  (_, byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`,
);
/** Longest line before the `=` of a soft break. */
const LINE = 75;
const SOFT_BREAK = '=\r\n';

/**
 * Quoted-printable (RFC 2045), stricter than the rule: whatever relays have been seen to change is
 * encoded too, so that signatures hold. The result ends with a line break, hard or soft: encoded
 * pieces can be put one after another.
 */
export function quotedPrintable(text: string): string {
  if (SIMPLE.test(text)) return breakLines(text.replaceAll('=', '=3D'));
  const bytes = Buffer.from(text, 'utf8');
  // Three bytes each at most, and a soft break after every 73 of them at least. Bytes rather than a
  // growing string: V8 flattens a string made of many small ones again at each use.
  const out = Buffer.allocUnsafe(Math.ceil(bytes.length * 3 * (1 + SOFT_BREAK.length / 73)) + 8);
  let length = 0;
  let column = 0;
  const put = (token: string) => {
    length += out.write(token, length, 'latin1');
  };
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!;
    if (byte === 0x0a) {
      put('\r\n');
      column = 0;
      continue;
    }
    if (byte === 0x0d && bytes[i + 1] === 0x0a) continue;
    // Tabs, runs of spaces and spaces at a line's end are what relays tidy away.
    let plain = byte >= 0x21 && byte <= 0x7e && byte !== 0x3d;
    if (byte === 0x20) {
      const next = bytes[i + 1];
      plain = !(next === undefined || next === 0x20 || next === 0x0a || next === 0x0d);
    }
    if (column + (plain ? 1 : 3) > LINE) {
      put(SOFT_BREAK);
      column = 0;
    }
    // A dot or `From ` at the start of a line.
    if (column === 0 && (byte === 0x2e || (byte === 0x46 && bytes[i + 1] === 0x72))) plain = false;
    if (plain) out[length++] = byte;
    else put(HEX[byte]!);
    column += plain ? 1 : 3;
  }
  if (column > 0) put(SOFT_BREAK);
  return out.toString('latin1', 0, length);
}

/** One line of printable ASCII without runs of spaces: addresses, and most words. */
const SIMPLE = /^[!-~]+(?: [!-~]+)*$/;

/** Soft breaks into a line in which only `=` was encoded: what most slots hold, many times faster. */
function breakLines(encoded: string): string {
  const lines: string[] = [];
  let rest = encoded;
  for (;;) {
    if (rest.startsWith('.')) rest = `=2E${rest.slice(1)}`;
    else if (rest.startsWith('Fr')) rest = `=46${rest.slice(1)}`;
    if (rest.length <= LINE) break;
    // Not inside of `=3D`.
    const end = rest[LINE - 1] === '=' ? LINE - 1 : rest[LINE - 2] === '=' ? LINE - 2 : LINE;
    lines.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  lines.push(rest, '');
  return lines.join(SOFT_BREAK);
}

/**
 * A header's value as unstructured text (RFC 2047), folded. `used` is the length of the header's name
 * with colon and space.
 */
export function headerText(text: string, used: number): string {
  const line = oneLine(text);
  if (/^[\x20-\x7e]*$/.test(line) && !line.includes('=?')) return foldWords(line, used);
  const words: string[] = [];
  let chunk = '';
  let bytes = 0;
  for (const char of line) {
    const size = Buffer.byteLength(char);
    // 45 bytes are 60 characters of base64: with its frame, a word of at most 72.
    if (bytes + size > (words.length === 0 ? Math.max(12, 45 - used) : 45)) {
      words.push(chunk);
      chunk = '';
      bytes = 0;
    }
    chunk += char;
    bytes += size;
  }
  words.push(chunk);
  return words.map((word) => `=?UTF-8?B?${Buffer.from(word).toString('base64')}?=`).join('\r\n ');
}

/** Breaks before words, so that lines stay below 78 where the words allow it. */
function foldWords(line: string, used: number): string {
  let column = used;
  let out = '';
  for (const word of line.split(' ')) {
    if (out === '') {
      out = word;
      column += word.length;
    } else if (column + 1 + word.length > 77) {
      out += `\r\n ${word}`;
      column = 1 + word.length;
    } else {
      out += ` ${word}`;
      column += 1 + word.length;
    }
  }
  return out;
}
