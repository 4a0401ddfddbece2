import type { Db } from '@/lib/db/sql';
import { shorten } from '@/lib/papers/display';
import { getPapers } from '@/lib/papers/store';
import { plainMaths } from '@/lib/papers/tex/plain-text';
import type { Because } from './recommend';

/** Why papers are recommended, in words. */

/** Titles of the saved papers that brought some, by id. */
export async function savedTitles(
  db: Db,
  reasons: Iterable<readonly Because[]>,
): Promise<Map<number, string>> {
  const saved = [...reasons].flat().flatMap(({ paper }) => paper ?? []);
  const papers = await getPapers(db, [...new Set(saved)]);
  return new Map(papers.map(({ id, title }) => [id, title]));
}

/** Such as `Because of “Low-rank adaptation”: “adapter”, “rank”, “finetuning”`. */
export function becauseWords(
  because: readonly Because[],
  titles: ReadonlyMap<number, string>,
): string {
  const words = because.flatMap(({ word }) => (word === undefined ? [] : `“${word}”`)).join(', ');
  const title = because.map(({ paper }) => paper && titles.get(paper)).find(Boolean);
  return title ? `Because of “${shorten(plainMaths(title), 60)}”: ${words}` : `Because of ${words}`;
}
