import { type ReadItem, rejected, rejectedBeginning } from '@/lib/ingest/read-item';
import type { Piece } from '@/lib/sources/formats/input/text-input';
import { LONGEST_RECORD } from '@/lib/sources/formats/input/types';

/** One value of the input's outermost array, or the outermost object itself, as unparsed text. */
interface JsonText {
  text: string;
  line: number;
  /** `no end`: the array does not end; there is no value then, and `line` is the input's last. */
  problem: 'too long' | 'cut off' | 'no end' | null;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);

/**
 * Cuts a JSON document into the values of its outermost array without holding the document. It looks
 * at brackets and strings alone, so a bad value between good brackets spoils no other.
 */
export async function* jsonValues(pieces: AsyncIterable<Piece>): AsyncGenerator<JsonText> {
  const value = new Value();
  let entered = false;
  let endMissing = false;
  let lastLine = 1;
  let depth = 0;
  let inString = false;
  let escaped = false;

  for await (const piece of pieces) {
    lastLine = piece.line;
    const text = piece.ends ? `${piece.text}\n` : piece.text;
    let start = 0;
    for (let i = 0; i < text.length; i++) {
      const c = text.charCodeAt(i);
      if (inString) {
        if (escaped) escaped = false;
        else if (c === BACKSLASH) escaped = true;
        else if (c === QUOTE) inString = false;
      } else if (c === QUOTE) {
        inString = true;
        if (depth === 0) value.line = piece.line;
      } else if (OPENING.has(c)) {
        if (!entered) {
          entered = true;
          if (text[i] === '[') {
            endMissing = true;
            start = i + 1;
            continue;
          }
        }
        if (depth === 0) value.line = piece.line;
        depth++;
      } else if (CLOSING.has(c) || (c === COMMA && depth === 0)) {
        const closesValue = depth === 1 && c !== COMMA;
        if (depth === 0 && c !== COMMA) endMissing = false;
        if (c !== COMMA && depth > 0) depth--;
        if (depth > 0) continue;
        value.add(text.slice(start, closesValue ? i + 1 : i));
        start = i + 1;
        if (!value.isEmpty()) yield value.take(null);
        else value.take(null);
      }
    }
    value.add(text.slice(start));
  }
  const cutOff = depth > 0 || inString;
  if (!value.isEmpty()) yield value.take(cutOff ? 'cut off' : null);
  if (endMissing && !cutOff) yield { text: '', line: lastLine, problem: 'no end' };
}

/** What is wrong with a value before it is looked into, as an item; null for nothing. */
export function jsonProblem({ text, problem }: JsonText, at: string): ReadItem | null {
  if (problem === 'too long') return rejectedBeginning(at, 'too long for a paper', text);
  if (problem === 'cut off') return rejected(at, 'the input ends inside this paper', text);
  if (problem === 'no end') return rejected(at, 'the input ends here, before its list does', '');
  return null;
}

/** The text of the value being read, of which no more than the longest record is kept. */
class Value {
  line = 1;
  private parts: string[] = [];
  private length = 0;

  add(text: string): void {
    this.length += text.length;
    if (this.length <= LONGEST_RECORD) this.parts.push(text);
    else if (this.parts.length === 0) this.parts.push(text.slice(0, 4_000));
  }

  isEmpty(): boolean {
    return this.parts.every((part) => part.trim() === '');
  }

  take(problem: JsonText['problem']): JsonText {
    const tooLong = this.length > LONGEST_RECORD ? ('too long' as const) : null;
    const taken = {
      text: this.parts.join('').trim(),
      line: this.line,
      problem: problem ?? tooLong,
    };
    this.parts = [];
    this.length = 0;
    return taken;
  }
}
