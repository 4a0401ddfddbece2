import { z } from 'zod';
import {
  type Interest,
  LONGEST_INTEREST_NAME,
  MOST_INTERESTS,
} from '@/lib/interests/interest-store';
import { MOST_REFERENCES } from '@/lib/interests/references';
import { oneLine } from '@/lib/runtime/one-line';
import { listQuery, paperSchema } from './papers';

const { limit, after } = listQuery.shape;

/** Parameters of `GET /api/v1/for-you`. */
export const forYouQuery = z.strictObject({
  interest: z
    .string()
    .max(100, 'is no interest')
    .optional()
    .describe(
      'The `id` of an interest, such as `shelf:thesis`. Without: all of the reader’s in turn, of many the ten that grew last',
    ),
  limit,
  after,
});

const reason = z.object({
  paper: z.int().optional().describe('A saved paper that brought it'),
  word: z.string().optional().describe('A word that brought it'),
  follow: z.string().optional().describe('Something followed that the paper has, as `tag:peft`'),
  weight: z
    .number()
    .describe(
      'Its part in how like the interest the paper is, from 0 to 1; 0 of what is followed, which changes no order',
    ),
});

export const forYouAnswer = z.object({
  papers: z.array(
    paperSchema.extend({
      because: z.array(reason).describe('Each names a paper, a word or something followed'),
    }),
  ),
  next: z.string().nullable().describe('`after` of the next page; null on the last one'),
});

/** Body of `POST /api/v1/interests`. */
export const interestBody = z.strictObject({
  name: z
    .string('must be text')
    .transform(oneLine)
    .pipe(
      z
        .string()
        .min(1, 'is empty')
        .max(LONGEST_INTEREST_NAME, `is longer than ${LONGEST_INTEREST_NAME} characters`),
    ),
  ids: z
    .array(
      z.union(
        [z.int().min(1).max(2_147_483_647), z.string().max(300)],
        'must be a list of numbers of papers here, arXiv ids and DOIs',
      ),
      'must be a list of numbers of papers here, arXiv ids and DOIs',
    )
    .max(MOST_REFERENCES, `has more than ${MOST_REFERENCES} entries`)
    .optional()
    .describe('Numbers of papers here, arXiv ids, DOIs, or addresses with them'),
  bibtex: z.string('must be text').optional().describe('A .bib file'),
});

export const interestSchema = z.object({
  id: z.string().describe('`shelf:` and the slug of a shelf, or a number'),
  name: z.string(),
  shelf: z.string().nullable().describe('The slug of the shelf whose papers it has'),
  papers: z.array(z.int()),
  balance: z.number().describe('From 0, popular, to 1, like these papers'),
  everywhere: z
    .boolean()
    .describe('Whether papers outside the archive that most of these share are wanted too'),
  added: z.array(z.string()).describe('Words that the reader took in, as the index has them'),
  dropped: z.array(z.string()).describe('Words that the reader left out'),
});

export const interestMade = interestSchema.extend({
  missing: z.int().describe('How many were named that are not in this catalogue'),
});

export const interestsAnswer = z.object({
  interests: z.array(interestSchema).describe(`Every shelf, and at most ${MOST_INTERESTS} others`),
});

export function apiInterest(interest: Interest): z.output<typeof interestSchema> {
  const { key, name, shelf, papers, balance, everywhere, added, dropped } = interest;
  return {
    id: key,
    name,
    shelf,
    papers,
    balance,
    everywhere,
    added: [...added],
    dropped: [...dropped],
  };
}
