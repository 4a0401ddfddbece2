import { z } from 'zod';
import { authorPath } from '@/lib/search/author';
import { searchPath } from '@/lib/search/query/clause';
import { followWords } from '@/lib/subscribers/choice-words';
import { FOLLOW_KINDS, type Follow, MOST_FOLLOWED } from '@/lib/subscribers/follow';

/** What is followed, for the API: what to send and what comes back. */

const most = FOLLOW_KINDS.map((kind) => `${MOST_FOLLOWED[kind]} of ${kind}`).join(', ');

export const followParameters = z.object({
  kind: z.enum(FOLLOW_KINDS).describe(`One of these. At most ${most}`),
  value: z
    .string()
    .describe(
      'A tag’s slug; an author’s name, or as in the address of their page; a search; a category such as cs.CL, or an archive such as math',
    ),
});

export const followSchema = z.object({
  kind: z.enum(FOLLOW_KINDS),
  value: z.string().describe('As it is kept; of an author, as in the address of their page'),
  name: z.string().describe('In words'),
  path: z.string().describe('Its page'),
});

export const followsAnswer = z.object({
  follows: z
    .array(followSchema.extend({ since: z.iso.datetime() }))
    .describe('In the order in which they were followed'),
});

export function apiFollow(follow: Follow): z.output<typeof followSchema> {
  const { kind, value } = follow;
  return { kind, value, name: followWords(follow), path: followPath(follow) };
}

/** The page of what is followed. */
export function followPath({ kind, value }: Pick<Follow, 'kind' | 'value'>): string {
  if (kind === 'tag') return `/tags/${value}`;
  if (kind === 'author') return authorPath(value) ?? '/';
  return searchPath(kind === 'category' ? `cat:${value}` : value);
}
