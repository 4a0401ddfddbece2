import type { Piece } from '@/lib/sources/formats/input/text-input';
import { LONGEST_RECORD } from '@/lib/sources/formats/input/types';

interface EntryText {
  text: string;
  line: number;
  problem: string | null;
}

/** What opens an entry: `@name{` or `@name(`. */
const OPENING = /@[ \t]*\w+\s*[{(]/;
const AT_LINE_START = new RegExp(`^\\s*${OPENING.source}`);
const NEXT_ON_LINE = new RegExp(`^[\\s,]*${OPENING.source}`);
const AFTER_TEXT = new RegExp(`(?<![\\w.])${OPENING.source}`, 'g');

/**
 * Entries as text, by counting braces. Entries may touch or share a line. An `@name{` at the start of a
 * line ends a broken entry.
 */
export async function* entriesIn(pieces: AsyncIterable<Piece>): AsyncGenerator<EntryText> {
  const entry = new Entry();
  let lineStart = true;
  // After an entry that is too long only a line's start is one of another.
  let lost = false;
  for await (const piece of pieces) {
    let rest = piece.ends ? `${piece.text}\n` : piece.text;
    const starts = lineStart && AT_LINE_START.test(rest);
    lineStart = piece.ends;
    if (starts) {
      const unfinished = entry.end('the entry does not end');
      if (unfinished) yield unfinished;
      lost = false;
    }
    while (rest !== '') {
      if (!entry.isOpen) {
        const from = lost && !starts ? -1 : openingIn(rest);
        if (from < 0) break;
        entry.open(piece.line);
        rest = rest.slice(from);
      }
      const taken = entry.take(rest);
      rest = rest.slice(taken);
      if (entry.isComplete) yield entry.end(null)!;
      else if (entry.isTooLong) {
        yield entry.end('too long for an entry')!;
        lost = true;
      }
    }
  }
  const unfinished = entry.end('the input ends inside this entry');
  if (unfinished) yield unfinished;
}

/** Where the next entry of the line begins; a line that is a comment has none. */
function openingIn(text: string): number {
  if (/^\s*%/.test(text)) return -1;
  AFTER_TEXT.lastIndex = 0;
  return AFTER_TEXT.exec(text)?.index ?? -1;
}

/** The entry being read. */
class Entry {
  isOpen = false;
  isComplete = false;
  private text = '';
  private line = 0;
  private depth = 0;
  private bracket = '';
  private quoted = false;
  private escaped = false;
  /** Length of the text at a closing brace that a comma follows: a stray one, or the entry's last. */
  private mayEndAt = 0;

  get isTooLong(): boolean {
    return this.text.length > LONGEST_RECORD;
  }

  open(line: number): void {
    Object.assign(this, { isOpen: true, isComplete: false, text: '', line, depth: 0 });
    Object.assign(this, { bracket: '', quoted: false, escaped: false, mayEndAt: 0 });
  }

  /** Reads on as far as the entry goes; gives how many characters that were. */
  take(text: string): number {
    for (let i = 0; i < text.length; i++) {
      const c = text[i]!;
      if (this.escaped) this.escaped = false;
      else if (c === '\\') this.escaped = true;
      else if (this.bracket === '') {
        if (c === '{' || c === '(') this.bracket = c;
      } else if (c === '"' && this.bracket === '(' && this.depth === 0) this.quoted = !this.quoted;
      else if (c === '{') this.depth++;
      else if (c === '}' && this.depth > 0) this.depth--;
      else if (this.depth === 0 && !this.quoted && c === (this.bracket === '{' ? '}' : ')')) {
        const after = text.slice(i + 1, i + 200);
        if (/^[ \t]*,/.test(after) && !NEXT_ON_LINE.test(after)) {
          this.mayEndAt = this.text.length + i + 1;
          continue;
        }
        this.text += text.slice(0, i + 1);
        this.isComplete = true;
        return i + 1;
      }
    }
    this.text += text;
    return text.length;
  }

  /** The entry, with what is wrong with it; null where none is open. */
  end(problem: string | null): EntryText | null {
    if (!this.isOpen) return null;
    this.isOpen = false;
    const { text, line, mayEndAt } = this;
    if (mayEndAt > 0 && /^[\s,]*$/.test(text.slice(mayEndAt)))
      return { text: text.slice(0, mayEndAt), line, problem: null };
    return { text: text.trim(), line, problem };
  }
}
