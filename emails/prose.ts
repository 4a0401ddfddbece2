import { shorten } from '@/lib/papers/display';
import { plainMaths } from '@/lib/papers/tex/plain-text';
import { oneLine } from '@/lib/runtime/one-line';

/**
 * Words from outside, made fit for a mail: one line, no controls, formulas as Unicode. Private-use
 * characters go as well; they stand for the slots of our templates.
 */
export function plainText(text: string): string {
  return oneLine(plainMaths(text).replace(/\p{Co}/gu, ' '));
}

/** Cuts a paragraph after the last whole sentence that fits, or at a word's end. */
export function paragraph(text: string, most: number): string {
  if (text.length <= most) return text;
  const sentences = text.slice(0, most).match(/^[\s\S]*[.!?](?=\s)/)?.[0] ?? '';
  return sentences.length > most / 2 ? sentences : shorten(text, most);
}

/** Wraps at 72 columns; a word that is longer stands alone. */
export function wrap(text: string, indent = ''): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line && indent.length + line.length + 1 + word.length > 72) {
      lines.push(indent + line);
      line = word;
    } else {
      line = line ? `${line} ${word}` : word;
    }
  }
  lines.push(indent + line);
  return lines.join('\n');
}
