import { TAGS, tagBySlug } from '@/lib/tags/taxonomy';

/** A reader who follows or mutes a tag means its narrower tags too. */

/** The slugs and all tags that are broader than one of them. */
export function withBroader(slugs: readonly string[]): string[] {
  const all = new Set<string>();
  for (const slug of slugs) {
    for (let next: string | null | undefined = slug; next && !all.has(next); ) {
      all.add(next);
      next = tagBySlug(next)?.broader;
    }
  }
  return [...all];
}

/** The slugs and all tags that are narrower than one of them. */
export function withNarrower(slugs: readonly string[]): string[] {
  const wanted = new Set(slugs);
  const narrower = TAGS.filter((tag) => withBroader([tag.slug]).some((slug) => wanted.has(slug)));
  return [...new Set([...slugs, ...narrower.map(({ slug }) => slug)])];
}

export function tagName(slug: string): string {
  return tagBySlug(slug)?.name ?? slug;
}
