import { toAscii } from '@/lib/papers/ascii';

/** Names of shelves and their addresses. Pure. */

/** Where a paper goes that is saved without a word on where. */
export const FIRST_SHELF = 'Reading list';
export const LONGEST_SHELF_NAME = 80;
const LONGEST_SLUG = 60;

/** `Thesis, ch. 3` becomes `thesis-ch-3`; of a name without Latin letters and digits, `shelf`. */
export function shelfSlug(name: string): string {
  const slug = toAscii(name)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST_SLUG)
    .replace(/^-+|-+$/g, '');
  return slug || 'shelf';
}

/** The slug, or where another shelf has it, the first with a number behind that is free. */
export function freeSlug(slug: string, taken: ReadonlySet<string>): string {
  if (!taken.has(slug)) return slug;
  for (let number = 2; ; number++) {
    if (!taken.has(`${slug}-${number}`)) return `${slug}-${number}`;
  }
}
