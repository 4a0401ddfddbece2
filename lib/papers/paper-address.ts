import { parseArxivId } from '@/lib/papers/identity';

/** What the last part of `/papers/…` names: a paper here by its number, or one on arXiv. */
export type PaperAddress = { id: number } | { arxivId: string };

/** Null where no paper can be meant. Numbers have no leading zeros and fit the database's integers. */
export function parsePaperAddress(text: string): PaperAddress | null {
  if (/^[1-9]\d{0,9}$/.test(text)) {
    const id = Number(text);
    return id <= 2_147_483_647 ? { id } : null;
  }
  const arxiv = /^[\w.\-/]{1,40}$/.test(text) ? parseArxivId(text) : null;
  return arxiv && { arxivId: arxiv.id };
}
