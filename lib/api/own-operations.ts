import { z } from 'zod';
import {
  forYouAnswer,
  forYouQuery,
  interestBody,
  interestMade,
  interestsAnswer,
} from './interests';
import {
  LIBRARY_FORMATS,
  libraryAnswer,
  libraryExportQuery,
  libraryQuery,
  saveBody,
  savedAnswer,
  unsaveQuery,
  voteBody,
} from './library';
import { mediaTypeOf } from './library-export';
import type { Operation } from './openapi';

const paper = z.object({
  id: z.string().describe('Its number here, or its arXiv id such as 2106.09685'),
});

/** What the API does with a reader's own, by a personal token. */
export const OWN_OPERATIONS: readonly Operation[] = [
  {
    method: 'put',
    path: '/api/v1/papers/{id}/vote',
    id: 'vote',
    summary: 'Vote for a paper, or say that it is not for you',
    description: 'One vote a reader and paper: a second one takes the place of the first.',
    scope: 'write',
    pathParameters: paper,
    body: [{ mediaType: 'application/json', schema: voteBody }],
    answers: [
      {
        status: 200,
        description: 'Kept',
        schema: z.object({ id: z.int(), value: z.literal([1, -1]) }),
      },
    ],
  },
  {
    method: 'delete',
    path: '/api/v1/papers/{id}/vote',
    id: 'takeVoteBack',
    summary: 'Take a vote back',
    scope: 'write',
    pathParameters: paper,
    answers: [{ status: 204, description: 'There is no vote any more' }],
  },
  {
    method: 'put',
    path: '/api/v1/papers/{id}/save',
    id: 'savePaper',
    summary: 'Put a paper on a shelf, and note something of it',
    description: 'What is not given stays as it is.',
    scope: 'write',
    pathParameters: paper,
    body: [{ mediaType: 'application/json', schema: saveBody }],
    answers: [{ status: 200, description: 'As it is kept now', schema: savedAnswer }],
  },
  {
    method: 'delete',
    path: '/api/v1/papers/{id}/save',
    id: 'unsavePaper',
    summary: 'Take a paper off a shelf, or off all',
    description: 'Off its last shelf it leaves the library, and its note goes too.',
    scope: 'write',
    pathParameters: paper,
    query: unsaveQuery,
    answers: [{ status: 204, description: 'It is not there any more' }],
  },
  {
    method: 'get',
    path: '/api/v1/library',
    id: 'listLibrary',
    summary: 'The papers of the library: the last saved first, with q the best match',
    scope: 'read',
    query: libraryQuery,
    answers: [{ status: 200, description: 'One page of the list', schema: libraryAnswer }],
  },
  {
    method: 'get',
    path: '/api/v1/library/export',
    id: 'exportLibrary',
    summary: 'The library, or a shelf of it, as a file',
    scope: 'read',
    query: libraryExportQuery,
    answers: [
      {
        status: 200,
        description: 'The file',
        mediaType: LIBRARY_FORMATS.map(mediaTypeOf),
        schema: z.string(),
      },
    ],
  },
  {
    method: 'get',
    path: '/api/v1/for-you',
    id: 'listForYou',
    summary: 'Papers like those of an interest, with what brought each',
    description: 'Papers that the reader saved or voted on are left out.',
    scope: 'read',
    query: forYouQuery,
    answers: [{ status: 200, description: 'One page of the list', schema: forYouAnswer }],
  },
  {
    method: 'get',
    path: '/api/v1/interests',
    id: 'listInterests',
    summary: 'What "for you" looks for: every shelf, and lists of papers',
    scope: 'read',
    answers: [{ status: 200, description: 'Shelves first', schema: interestsAnswer }],
  },
  {
    method: 'post',
    path: '/api/v1/interests',
    id: 'createInterest',
    summary: 'Make an interest of papers, by their ids or as BibTeX',
    description: 'Useful from five papers on. Papers that are not in this catalogue are left out.',
    scope: 'write',
    body: [{ mediaType: 'application/json', schema: interestBody }],
    answers: [{ status: 201, description: 'Made', schema: interestMade }],
  },
  {
    method: 'delete',
    path: '/api/v1/interests/{id}',
    id: 'deleteInterest',
    summary: 'Delete an interest',
    description: 'Of a shelf, what was changed of its words is taken back; the shelf stays.',
    scope: 'write',
    pathParameters: z.object({ id: z.string() }),
    answers: [{ status: 204, description: 'It is not there any more' }],
  },
  {
    method: 'get',
    path: '/api/v1/account/export',
    id: 'exportAccount',
    summary: 'Everything that is kept of the reader, as a zip file',
    scope: 'account',
    answers: [
      {
        status: 200,
        description: 'The file',
        mediaType: 'application/zip',
        schema: z.string(),
      },
    ],
  },
  {
    method: 'delete',
    path: '/api/v1/account',
    id: 'eraseAccount',
    summary: 'Erase everything of the reader, at once and for good',
    scope: 'account',
    answers: [{ status: 204, description: 'Erased; the token opens nothing any more' }],
  },
];
