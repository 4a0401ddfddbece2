import { formatClause } from '@/lib/search/query/clause';
import { wordsOf } from '@/lib/search/text/tokenizer';

/** What comes after is not indexed, either (`index/document.ts`). */
const LONGEST_NAME = 200;

/**
 * What names an author in an address, however the name is written: `yann-lecun` for "Yann LeCun" and
 * "YANN LECUN", but not for "Y. LeCun", who may be another person. Empty where a name has no words.
 */
export function authorKey(name: string): string {
  return wordsOf(name.slice(0, LONGEST_NAME)).join('-');
}

/** Of the author's page; null for a name without words. */
export function authorPath(name: string): string | null {
  const key = authorKey(name);
  return key === '' ? null : `/authors/${encodeURIComponent(key)}`;
}

/** The search for papers by people of this name, which feeds and saved searches take too. */
export function authorSearch(name: string): string {
  const value = name.replace(/["*\s]+/g, ' ').trim();
  return formatClause({ kind: 'author', value, exclude: false });
}
