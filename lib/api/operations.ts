import { z } from 'zod';
import { CITATION_FORMATS } from '@/lib/citations/formats';
import { preferencesSchema } from '@/lib/subscribers/preferences';
import { completionsAnswer, completionsQuery } from './completions';
import type { Operation } from './openapi';
import { OWN_OPERATIONS } from './own-operations';
import {
  authorAnswer,
  authorQuery,
  listAnswer,
  listQuery,
  paperSchema,
  tagsAnswer,
  tagsQuery,
} from './papers';
import { risingAnswer, risingQuery } from './rising';

const preferences = preferencesSchema(() => true).in;

/** Everything the API can do, with the schemas that its handlers validate by. */
export const OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/api/v1/papers',
    id: 'listPapers',
    summary: 'A list of papers: a feed, or with q a search',
    query: listQuery,
    answers: [{ status: 200, description: 'One page of the list', schema: listAnswer }],
  },
  {
    method: 'get',
    path: '/api/v1/papers/{id}',
    id: 'getPaper',
    summary: 'One paper',
    pathParameters: z.object({
      id: z.string().describe('Its number here, or its arXiv id such as 2106.09685'),
    }),
    answers: [{ status: 200, description: 'The paper', schema: paperSchema }],
  },
  {
    method: 'get',
    path: '/api/v1/authors/{name}',
    id: 'getAuthor',
    summary: 'Papers by people of one name',
    description:
      'Sources give nothing but names: several people may share one, and one person may spell it in several ways.',
    pathParameters: z.object({
      name: z.string().describe('However it is written: Yann LeCun, yann-lecun'),
    }),
    query: authorQuery,
    answers: [{ status: 200, description: 'The name and its papers', schema: authorAnswer }],
  },
  {
    method: 'get',
    path: '/papers/{id}.{format}',
    id: 'exportPaper',
    summary: 'One paper as BibTeX, RIS, CSL-JSON, plain text or Markdown',
    pathParameters: z.object({
      id: z.string().describe('Its number here'),
      format: z.enum([...CITATION_FORMATS.map(({ extension }) => extension), 'md']),
    }),
    answers: [
      {
        status: 200,
        description: 'The file',
        mediaType: [...CITATION_FORMATS.map(({ mediaType }) => mediaType), 'text/markdown'],
        schema: z.string(),
      },
    ],
  },
  {
    method: 'get',
    path: '/api/v1/tags',
    id: 'listTags',
    summary: 'All tags, with the number of papers of each',
    description: 'With parameters, counted among the papers of that filter alone.',
    query: tagsQuery,
    answers: [{ status: 200, description: 'The taxonomy', schema: tagsAnswer }],
  },
  {
    method: 'get',
    path: '/api/v1/rising',
    id: 'listRisingTopics',
    summary: 'Phrases with a larger share of new papers than before',
    query: risingQuery,
    answers: [
      { status: 200, description: 'The topics, the strongest first', schema: risingAnswer },
    ],
  },
  {
    method: 'get',
    path: '/api/v1/completions',
    id: 'complete',
    summary: 'Completions of a search as it is typed',
    query: completionsQuery,
    answers: [{ status: 200, description: 'Tags, authors, titles', schema: completionsAnswer }],
  },
  {
    method: 'post',
    path: '/api/v1/subscriptions',
    id: 'subscribe',
    summary: 'Ask for the digest by email',
    description:
      'The answer is the same whether the address is known or not: the rest comes by email, and no digest is sent until the link in that email is confirmed.',
    body: [
      {
        mediaType: 'application/json',
        schema: z.object({ email: z.email(), ...preferences.partial().shape }),
      },
    ],
    answers: [{ status: 202, description: 'Taken', schema: z.object({ message: z.string() }) }],
  },
  ...OWN_OPERATIONS,
];
