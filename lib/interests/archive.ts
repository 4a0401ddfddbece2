/** From this share of the saved papers on, an archive is what the interest is about. */
const MOST_PAPERS = 0.8;

/** The archive of a category: the part before its dot. */
export const archiveOf = (category: string) => category.split('.')[0]!;

/**
 * The arXiv archive that most saved papers share, and that recommended papers must be of: words alone do
 * not keep an interest in combinatorics from computer science. Null where no archive has enough of them.
 */
export function sharedArchive(saved: readonly (readonly string[])[]): string | null {
  const known = saved.filter((categories) => categories.length > 0);
  const counts = new Map<string, { papers: number; primary: number }>();
  for (const categories of known) {
    for (const archive of new Set(categories.map(archiveOf))) {
      const count = counts.get(archive) ?? { papers: 0, primary: 0 };
      count.papers += 1;
      if (archive === archiveOf(categories[0]!)) count.primary += 1;
      counts.set(archive, count);
    }
  }
  const [first] = [...counts].sort(([, a], [, b]) => b.papers - a.papers || b.primary - a.primary);
  return first && first[1].papers >= MOST_PAPERS * known.length ? first[0] : null;
}

export const isOf = (archive: string, categories: readonly string[]) =>
  categories.some((category) => archiveOf(category) === archive);
