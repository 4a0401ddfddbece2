import { z } from 'zod';

/** Parameters of `GET /api/v1/completions`. */
export const completionsQuery = z.strictObject({
  q: z
    .string('is missing')
    .max(1_000, 'is longer than 1000 characters')
    .describe('What has been typed; two letters at least give completions'),
});

export const completionsAnswer = z.object({
  completions: z.array(
    z.object({
      kind: z.enum(['tag', 'author', 'title']),
      text: z.string(),
      path: z.string().describe('Of the page here that it leads to'),
    }),
  ),
});
