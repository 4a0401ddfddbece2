import { z } from 'zod';
import data from '@/lib/tags/taxonomy.json';

const wording = z.array(z.string().min(1)).default([]);
const STRENGTHS = ['sure', 'strong', 'fair', 'hint'] as const;
const strength = z.enum(STRENGTHS);

/** How strongly a wording speaks for its tag. */
export type Strength = z.infer<typeof strength>;

const tagSchema = z.strictObject({
  /** Never changes: it stands in URLs, subscriptions and the database. */
  slug: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  name: z.string().min(1),
  /** Where there is little room: "LLMs". The name, where it is short enough. */
  short: z.string().min(1).max(20).optional(),
  /** The slug of the broader tag. */
  broader: z.string().nullable(),
  /** Heading under which `/tags` lists it. */
  group: z.string().min(1),
  definition: z.string().min(1),
  /** Wording that settles it alone, where the paper speaks of its own work. */
  sure: wording,
  /** Wording that settles it in a title, or together with more. */
  strong: wording,
  /** Wording that settles it in a title if it comes back in the abstract, or together with more. */
  fair: wording,
  /** Wording that only supports other evidence. */
  hint: wording,
  /** Wording that settles it in a title; whatever it is elsewhere stands above. */
  title: wording,
  /** Longer wording inside which the tag's own wording does not count. */
  not: wording,
  /** `fair` wording that counts only where the named tag is assigned. */
  with: z.record(z.string(), z.array(z.string().min(1))).default({}),
  /** Tags for which this one, once assigned, is evidence. */
  implies: z.record(z.string(), strength).default({}),
  /** arXiv categories that are evidence. */
  categories: z.record(z.string(), strength).default({}),
});

/** One tag with the wording that its papers use. The folder's README says how wording is written. */
export type Tag = z.infer<typeof tagSchema>;

export const taxonomySchema = z.array(tagSchema);

/** Every tag, in the order of the file, which is the order in which pages show them. */
export const TAGS: readonly Tag[] = taxonomySchema.parse(data);

const bySlug = new Map(TAGS.map((tag) => [tag.slug, tag]));

export function tagBySlug(slug: string): Tag | undefined {
  return bySlug.get(slug);
}

export interface TagName {
  slug: string;
  name: string;
}

/** Slugs with their names, in order. A tag that left the taxonomy has no page to link to: it is left out. */
export function namedTags(slugs: readonly string[]): TagName[] {
  return slugs.flatMap((slug) => {
    const tag = tagBySlug(slug);
    return tag ? [{ slug, name: tag.name }] : [];
  });
}

/** For chips and rows. */
export function shortTagName(slug: string): string {
  const tag = bySlug.get(slug);
  return tag?.short ?? tag?.name ?? slug;
}

/**
 * A paper's tags as a row shows them: the `first` ones, then the most specific, which say most; tags
 * that left the taxonomy are left out.
 */
export function bySpecificity(slugs: readonly string[], first: readonly string[] = []): string[] {
  const rank = (slug: string) => (first.includes(slug) ? 100 : depthOf(slug));
  return slugs.filter((slug) => bySlug.has(slug)).sort((a, b) => rank(b) - rank(a));
}

/** How many broader tags stand above a tag. */
function depthOf(slug: string): number {
  const broader = bySlug.get(slug)?.broader;
  return broader ? 1 + depthOf(broader) : 0;
}

/** The tags whose `broader` tag is the given one. */
export function narrowerTags(slug: string): Tag[] {
  return TAGS.filter((tag) => tag.broader === slug);
}
