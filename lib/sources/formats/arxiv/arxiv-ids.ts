import { rejected, rejectedBeginning } from '@/lib/ingest/read-item';
import { parseArxivId } from '@/lib/papers/identity';
import { wholeLines } from '@/lib/sources/formats/input/text-input';
import type { Reader } from '@/lib/sources/formats/input/types';

const LONGEST_LINE = 10_000;

/** arXiv ids or addresses, separated by line breaks, spaces or commas; `#` begins a comment. */
export const readArxivIds: Reader = async function* (pieces) {
  for await (const { text, line, cut } of wholeLines(pieces, LONGEST_LINE)) {
    const at = `line ${line}`;
    if (cut) {
      yield rejectedBeginning(at, `a line of more than ${LONGEST_LINE} characters`, text);
      continue;
    }
    for (const word of wordsOf(text)) {
      const identity = parseArxivId(word);
      if (identity) yield { kind: 'wanted', arxivId: identity.id, at };
      else yield rejected(at, `${JSON.stringify(word)} is no arXiv id`, word);
    }
  }
};

export function wordsOf(line: string): string[] {
  return line
    .replace(/(^|\s)#.*$/, '')
    .split(/[\s,;]+/)
    .filter((word) => word !== '');
}
