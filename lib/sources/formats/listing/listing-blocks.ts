import { LONGEST_RECORD } from '@/lib/sources/formats/input/types';
import { type Fact, factsOf } from '@/lib/sources/formats/listing/listing-facts';
import {
  type Line,
  paperIn,
  type References,
  withoutLinks,
} from '@/lib/sources/formats/listing/listing-lines';
import { isBoilerplate, isSpokenToReader } from '@/lib/sources/formats/listing/listing-words';

/** Lines without an empty one between, joined, and what they are. */
export interface Block extends Line {
  kind: 'words' | 'facts' | 'banner' | 'submitter' | 'address';
  facts: Fact[];
  /** An organisation before the facts, a name after "Submitted by". */
  name: string | null;
}

/** A longer line was not wrapped: it is a block of its own. */
const LONGEST_WRAPPED = 130;

/**
 * The paragraphs of a page. A line that is only facts or a banner stands for itself, and so does each
 * line where the page is not `wrapped`.
 */
export async function* blocks(
  lines: AsyncIterable<Line> | Iterable<Line>,
  { wrapped, references }: { wrapped: boolean; references: References },
): AsyncGenerator<Block> {
  let paragraph: Paragraph | null = null;
  for await (const line of lines) {
    const { text, addresses } = line;
    if (text === '' && addresses.length === 0) {
      if (paragraph) yield paragraph.block(references);
      paragraph = null;
      continue;
    }
    if (text === '' && paragraph) {
      // One that leads to no paper is the end of a sentence.
      if (paperIn(addresses) === undefined) paragraph.add({ ...line, text: addresses[0]! });
      else paragraph.lead(addresses);
      continue;
    }
    const block = blockOf(line);
    const alone =
      block.kind !== 'words' ||
      !wrapped ||
      line.cut ||
      text.length > LONGEST_WRAPPED ||
      text === '';
    const begins = alone || line.heading > 0 || line.bullet || block.linked;
    if (paragraph && (begins || paragraph.length > LONGEST_RECORD)) {
      yield paragraph.block(references);
      paragraph = null;
    }
    if (alone) yield block;
    else if (paragraph) paragraph.add(line);
    else paragraph = new Paragraph(line);
    // A heading ends with its line.
    if (paragraph && line.heading > 0) {
      yield paragraph.block(references);
      paragraph = null;
    }
  }
  if (paragraph) yield paragraph.block(references);
}

/** Joined only at its end: joining line by line would take quadratic time. */
class Paragraph {
  private readonly lines: string[];
  private readonly addresses: string[];
  length: number;

  constructor(private readonly first: Line) {
    this.lines = [first.text];
    this.addresses = [...first.addresses];
    this.length = first.text.length;
  }

  add({ text, addresses }: Line): void {
    // A word broken at a hyphen keeps the hyphen and loses the line break.
    const broken = /\p{L}-$/u.test(this.lines.at(-1)!) && /^\p{Ll}/u.test(text);
    this.lines.push(broken ? text : ` ${text}`);
    this.length += text.length;
    this.lead(addresses);
  }

  lead(addresses: readonly string[]): void {
    for (const address of addresses) this.addresses.push(address);
  }

  block(references: References): Block {
    const joined = this.lines.join('');
    // A link may begin on one line and end on another.
    const wrapped = this.lines.length > 1 && joined.length < 20_000;
    const { text, addresses, linked } = wrapped
      ? withoutLinks(joined, references)
      : { text: joined, addresses: [], linked: 0 };
    this.lead(addresses);
    return blockOf({
      ...this.first,
      // The end of a link over several lines may have been a line of its own.
      text: (wrapped && !text.includes(']') ? text.replace(/^\[/, '') : text).trim(),
      addresses: this.addresses,
      linked: this.first.linked || (text !== '' && linked >= text.trim().length),
    });
  }
}

function blockOf(line: Line): Block {
  const { text } = line;
  const block: Block = { ...line, kind: 'words', facts: [], name: null };
  if (text === '') return { ...block, kind: 'address' };
  if (text.length > 300) return block;
  const submitted = /^(?:submitted|posted|shared) by\b[:\s]*(.*)$/i.exec(text);
  if (submitted && text.length < 80) {
    return { ...block, kind: 'submitter', name: submitted[1] || null };
  }
  const facts = factsOf(text);
  if (facts) return { ...block, kind: 'facts', facts };
  if (isBoilerplate(text) || isSpokenToReader(text)) return { ...block, kind: 'banner' };
  const end = /^([^·•|]{2,80}?)\s*[·•|]\s*(.+)$/.exec(text);
  const after = end && factsOf(`· ${end[2]}`);
  if (after && line.heading === 0) {
    return { ...block, kind: 'facts', facts: after, name: end[1]! };
  }
  return block;
}
