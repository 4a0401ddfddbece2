import { z } from 'zod';
import { TAGS } from '@/lib/tags/taxonomy';

/** Parameters of `GET /api/v1/rising`. */
export const risingQuery = z.strictObject({
  window: z
    .enum(['week', 'month', 'quarter'], 'must be one of week, month, quarter')
    .optional()
    .describe(
      'The last 7 days, 28 days or 12 weeks. Default: the shortest of them with papers enough',
    ),
  tag: z
    .string()
    .refine((slug) => TAGS.some((tag) => tag.slug === slug), 'is no tag')
    .optional()
    .describe(
      'Only topics of which at least a third of the papers have this tag and that rise among its papers, with the figures of those',
    ),
  limit: z.coerce
    .number('must be a whole number from 1 to 20')
    .int('must be a whole number from 1 to 20')
    .min(1, 'must be a whole number from 1 to 20')
    .max(20, 'must be a whole number from 1 to 20')
    .default(20),
});

export const risingAnswer = z.object({
  topics: z.array(
    z.object({
      phrase: z.string(),
      papers: z.int().describe('Of the window'),
      before: z.int().describe('In as much time before it'),
      growth: z.number().describe('By how much its share of all papers grew'),
      query: z.string().describe('For q of /api/v1/papers'),
      weeks: z.array(z.int()).describe('Papers in each of the last twelve weeks, oldest first'),
    }),
  ),
  asOf: z.iso
    .datetime()
    .nullable()
    .describe('When they were found; null where there is nothing yet'),
});
