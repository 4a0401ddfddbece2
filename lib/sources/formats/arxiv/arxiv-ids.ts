import { type ReadItem, rejected, rejectedBeginning } from '@/lib/ingest/read-item';
import { type ArxivId, parseArxivId } from '@/lib/papers/identity';
import { type Piece, peekPieces, wholeLines } from '@/lib/sources/formats/input/text-input';
import type { Reader } from '@/lib/sources/formats/input/types';

const LONGEST_LINE = 10_000;
/** Characters that tell a list of ids from a text with ids in it. */
const BEGINNING = 5_000;

/**
 * arXiv ids or addresses, separated by line breaks, spaces or commas; `#` begins a comment. Of any other
 * text the ids that stand in an address or behind `arXiv:`, each once.
 */
export const readArxivIds: Reader = async function* (pieces) {
  const { head, all } = await peekPieces(pieces, BEGINNING);
  const beginning = head.map(({ text, ends }) => text + (ends ? '\n' : '')).join('');
  yield* isListOfIds(beginning.slice(0, BEGINNING)) ? readList(all) : readProse(all);
};

async function* readList(pieces: AsyncIterable<Piece>): AsyncGenerator<ReadItem> {
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
}

async function* readProse(pieces: AsyncIterable<Piece>): AsyncGenerator<ReadItem> {
  const found = new Set<string>();
  for await (const { text, line } of pieces) {
    for (const { id } of idsInProse(text)) {
      if (found.has(id)) continue;
      found.add(id);
      yield { kind: 'wanted', arxivId: id, at: `line ${line}` };
    }
  }
  if (found.size === 0) {
    const message = 'No arXiv id stands in the input, neither in an address nor behind "arXiv:"';
    yield { kind: 'note', message };
  }
}

const IN_PROSE =
  /(?:arxiv\.org\/(?:abs|pdf|html|format|e-print|src)\/|ar5iv\.(?:labs\.arxiv\.)?org\/(?:abs|html|pdf)\/|alphaxiv\.org\/(?:abs|overview|pdf|html)\/|(?:huggingface\.co|hf\.co)\/papers\/|10\.48550\/arxiv\.|\barxiv:\s?)((?:\d{4}\.\d{4,6}|[a-z]{2,10}(?:-[a-z]{2,10})?(?:\.[a-z-]{2,10})?\/\d{7})(?:v\d{1,4})?)(?!\d)/gi;

/** The ids that a text names as arXiv's: a bare number may be anything. */
export function idsInProse(text: string): ArxivId[] {
  return [...text.matchAll(IN_PROSE)].flatMap(([, id]) => parseArxivId(id!) ?? []);
}

export function isListOfIds(text: string): boolean {
  const words = text.split('\n').flatMap(wordsOf);
  const ids = words.filter((word) => parseArxivId(word) !== null);
  return ids.length > 0 && ids.length >= words.length * 0.8;
}

/** A category in brackets, the mark or number of a list item, a lone "arXiv:". */
const NO_WORD = /^(?:\[[\w.-]+\]|[-*•+–]|\(?\d{1,3}[.)]|arxiv:?)$/i;

function wordsOf(line: string): string[] {
  return line
    .replace(/(?:^|\s)#.*$/, '')
    .split(/[\s,;]+/)
    .filter((word) => word !== '' && !NO_WORD.test(word))
    .map((word) => word.replace(/^[(<"'`]+|[)>"'`.:]+$/g, ''))
    .filter((word) => word !== '');
}
