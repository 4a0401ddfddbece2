import { isoDay } from '@/lib/calendar/day-names';
import { dayTerm } from './list-terms';

/** So many papers to a row of `term_bitmap`. */
export const BLOCK = 4096;

/** Papers that came under a term, and that left it, as hexadecimal masks of one block. */
export interface BitChange {
  term: string;
  block: number;
  added: string;
  removed: string;
}

/** What of a ranked paper its bits depend on. */
interface Listed {
  paperId: number;
  feedAt: Date;
  terms: readonly string[];
}

/** The bits that differ between rows before and after; most rankings change scores alone, and none. */
export function bitChanges(
  changed: readonly Listed[],
  removed: readonly number[],
  before: ReadonlyMap<number, Listed>,
): BitChange[] {
  const masks = new Map<string, { term: string; block: number; added: Mask; removed: Mask }>();
  const note = (term: string, id: number, kind: 'added' | 'removed') => {
    const block = Math.floor(id / BLOCK);
    const key = `${block} ${term}`;
    const mask = masks.get(key) ?? { term, block, added: new Mask(), removed: new Mask() };
    masks.set(key, mask);
    mask[kind].set(id % BLOCK);
  };
  const compare = (id: number, old: readonly string[], now: readonly string[]) => {
    for (const term of now) if (!old.includes(term)) note(term, id, 'added');
    for (const term of old) if (!now.includes(term)) note(term, id, 'removed');
  };
  for (const row of changed)
    compare(row.paperId, countedTerms(before.get(row.paperId)), countedTerms(row));
  for (const id of removed) compare(id, countedTerms(before.get(id)), []);
  return [...masks.values()]
    .sort((a, b) => a.block - b.block || (a.term < b.term ? -1 : 1))
    .map((mask) => ({ ...mask, added: mask.added.hex(), removed: mask.removed.hex() }));
}

function countedTerms(row: Listed | undefined): string[] {
  return row ? [...row.terms, dayTerm(isoDay(row.feedAt))] : [];
}

/** Bits counted from the left, as Postgres does; empty until one is set. */
class Mask {
  private bytes: Buffer | null = null;

  set(bit: number) {
    this.bytes ??= Buffer.alloc(BLOCK / 8);
    this.bytes[bit >> 3]! |= 0x80 >> (bit & 7);
  }

  hex(): string {
    return this.bytes?.toString('hex') ?? '';
  }
}
