import { z } from 'zod';
import { type Feed, MAX_TAGS } from '@/lib/feed/filters';
import { WINDOWS } from '@/lib/feed/periods';
import { canonicalCategory } from '@/lib/papers/category';
import { tagBySlug } from '@/lib/tags/taxonomy';

const slugs = z
  .array(
    z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be the slug of a tag, as in /api/v1/tags'),
  )
  .max(MAX_TAGS, `can be given at most ${MAX_TAGS} times`)
  .default([]);

/** Parameters that narrow a list of papers, the same wherever papers are listed or counted. */
export const feedFilter = {
  window: z
    .enum(WINDOWS, `must be one of ${WINDOWS.join(', ')}`)
    .optional()
    .describe('How far back from now, by feedAt'),
  tag: slugs.describe('Slug of a tag; given several times, papers with all of them'),
  without: slugs.describe('Slug of a tag; given several times, papers with none of them'),
  category: z
    .string()
    .refine((text) => canonicalCategory(text) !== null, 'must be an arXiv category, such as cs.CL')
    .optional()
    .describe('arXiv category, such as cs.CL'),
  code: z
    .enum(['true', 'false', '1', '0'], 'must be true or false')
    .default('false')
    .describe('Only papers with code'),
};

type FilterValues = z.output<z.ZodObject<typeof feedFilter>>;

/** The values as a feed has them, or the parameter that names no tag, or both takes and leaves one. */
export function readFeedFilter({
  tag,
  without,
  category,
  code,
}: Omit<FilterValues, 'window'>):
  | { filter: Pick<Feed, 'tags' | 'without' | 'category' | 'hasCode'> }
  | { parameter: string; problem: string } {
  for (const [parameter, given] of Object.entries({ tag, without })) {
    const unknown = given.find((slug) => !tagBySlug(slug));
    if (unknown) return { parameter, problem: `names no tag: there is no "${unknown}"` };
  }
  const both = without.find((slug) => tag.includes(slug));
  if (both) {
    return { parameter: 'without', problem: `leaves out "${both}", which tag asks for` };
  }
  return {
    filter: {
      tags: tag,
      without,
      category: category === undefined ? null : canonicalCategory(category),
      hasCode: code === 'true' || code === '1',
    },
  };
}
