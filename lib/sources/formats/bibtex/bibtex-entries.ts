import type { Piece } from '@/lib/sources/formats/input/text-input';
import { LONGEST_RECORD } from '@/lib/sources/formats/input/types';

/** Entries as text, by counting braces. An `@name{` at the start of a line ends a broken entry. */
export async function* entriesIn(
  pieces: AsyncIterable<Piece>,
): AsyncGenerator<{ text: string; line: number; problem: string | null }> {
  let text = '';
  let line = 0;
  let depth = 0;
  let lineStart = true;
  for await (const piece of pieces) {
    const starts = lineStart && /^\s*@\s*\w+\s*[{(]/.test(piece.text);
    lineStart = piece.ends;
    if (starts) {
      if (text !== '') yield { text, line, problem: 'the entry does not end' };
      text = '';
      line = piece.line;
      depth = 0;
    } else if (text === '') continue;
    for (let i = 0; i < piece.text.length; i++) {
      const c = piece.text[i];
      if (c === '\\') i++;
      else if (c === '{') depth++;
      else if (c === '}') depth--;
    }
    text += piece.ends ? `${piece.text}\n` : piece.text;
    if (text.length > LONGEST_RECORD) {
      yield { text, line, problem: 'too long for an entry' };
      text = '';
    } else if (depth <= 0 && /[})]\s*$/.test(piece.text)) {
      yield { text: text.trim(), line, problem: null };
      text = '';
    }
  }
  if (text !== '') yield { text, line, problem: 'the input ends inside this entry' };
}
