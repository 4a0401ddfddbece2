import { z } from 'zod';
import { VIEWS } from '@/lib/feed/filters';
import type { FeedPaper } from '@/lib/feed/query';
import { arxivAbstractUrl, arxivPdfUrl, doiUrl, webUrl } from '@/lib/papers/display';
import { SIGNAL_KINDS } from '@/lib/papers/paper';
import { paperPath } from '@/lib/papers/paper-address';
import { namedTags } from '@/lib/tags/taxonomy';
import { feedFilter } from './feed-filter';

/** Parameters of `GET /api/v1/papers`. */
export const listQuery = z.strictObject({
  q: z
    .string()
    .trim()
    .min(1, 'is empty')
    .max(4000, 'is longer than 4000 characters')
    .optional()
    .describe(
      'A search, in the language of the search page: lora "catastrophic forgetting" -survey',
    ),
  ...feedFilter,
  window: feedFilter.window.describe(
    'How far back from now, never widened: by the date of publication with q, else by feedAt. Default: all with q, else week',
  ),
  sort: z
    .enum([...VIEWS, 'relevance'], `must be one of ${[...VIEWS, 'relevance'].join(', ')}`)
    .optional()
    .describe(
      'new is by the date of publication with q, else by feedAt. Default: relevance with q, else trending',
    ),
  limit: z.coerce
    .number('must be a whole number from 1 to 100')
    .int('must be a whole number from 1 to 100')
    .min(1, 'must be a whole number from 1 to 100')
    .max(100, 'must be a whole number from 1 to 100')
    .default(30),
  after: z
    .string()
    .max(400, 'must be the `next` of the page before')
    .optional()
    .describe('The `next` of the page before'),
});
export type ListQuery = z.output<typeof listQuery>;

const moment = z.iso.datetime();
const day = moment.nullable();

export const paperSchema = z.object({
  id: z.int(),
  arxivId: z.string().nullable().describe('Without version'),
  version: z.int().nullable(),
  doi: z.string().nullable(),
  title: z.string(),
  abstract: z.string(),
  abstractKind: z
    .enum(['abstract', 'summary'])
    .describe("The authors' own words, or a summary written by somebody else"),
  tldr: z.string().nullable(),
  authors: z.array(z.string()),
  categories: z.array(z.string()).describe('arXiv categories, the primary one first'),
  publishedAt: day,
  revisedAt: day,
  withdrawnAt: day,
  firstSeenAt: moment.describe('When it came into this catalogue'),
  feedAt: moment.describe(
    'The date that feeds file it under: listed, else published, else first seen',
  ),
  tags: z.array(z.object({ slug: z.string(), name: z.string() })),
  signals: z.partialRecord(z.enum(SIGNAL_KINDS), z.number()),
  score: z.number().describe('What trending sorts by'),
  why: z
    .array(z.object({ label: z.string(), detail: z.string(), value: z.number() }))
    .describe('Summands of the score'),
  links: z.object({
    page: z.url(),
    arxiv: z.url().nullable(),
    pdf: z.url().nullable(),
    doi: z.url().nullable(),
    code: z.url().nullable(),
    project: z.url().nullable(),
  }),
});
export type ApiPaper = z.output<typeof paperSchema>;

const counted = z.object({
  count: z.int(),
  more: z.boolean().describe('There are more than were counted'),
});

export const listAnswer = z.object({
  papers: z.array(paperSchema),
  next: z.string().nullable().describe('`after` of the next page; null on the last one'),
  whole: z
    .int()
    .optional()
    .describe(
      'With q: how many of these papers, the first ones, match all of it; the others are looser matches',
    ),
  total: z
    .object({
      whole: counted.describe('Papers with all words and phrases of q'),
      looser: counted.describe('Papers after them that have some of it'),
    })
    .optional()
    .describe('With q'),
  messages: z.array(z.string()).optional().describe('What of `q` was not understood'),
});

const { limit, after } = listQuery.shape;

/** Parameters of `GET /api/v1/authors/{name}`. */
export const authorQuery = z.strictObject({ limit, after });

export const authorAnswer = z.object({
  name: z.string().describe('As most papers here write it'),
  key: z.string().describe('What the address of the page here ends with'),
  written: z
    .array(z.object({ name: z.string(), papers: z.int() }))
    .describe('The names that are found by this one, such as those with a middle name'),
  query: z.string().describe('The same papers as a search'),
  total: counted,
  years: z
    .array(z.object({ year: z.int(), papers: z.int() }))
    .describe('The newest first, of the papers that were counted'),
  tags: z.array(z.object({ slug: z.string(), name: z.string(), papers: z.int() })),
  papers: z.array(paperSchema).describe('The newest first'),
  next: z.string().nullable().describe('`after` of the next page; null on the last one'),
  links: z.object({ page: z.url(), feed: z.url() }),
});

/** Parameters of `GET /api/v1/tags`. */
export const tagsQuery = z.strictObject({
  ...feedFilter,
  window: feedFilter.window.describe('How far back from now, by feedAt. Default: all'),
});

export const tagsAnswer = z.array(
  z.object({
    slug: z.string(),
    name: z.string(),
    broader: z.string().nullable().describe('Slug of the broader tag'),
    count: z.int().describe('Papers with it, among those that the parameters ask for'),
  }),
);

/** A paper as the API gives it. */
export function apiPaper(paper: FeedPaper, siteUrl: string): ApiPaper {
  const { arxivId, doi } = paper;
  const iso = (date: Date | null) => date?.toISOString() ?? null;
  return {
    id: paper.id,
    arxivId,
    version: paper.version,
    doi,
    title: paper.title,
    abstract: paper.abstract,
    abstractKind: paper.abstractKind,
    tldr: paper.tldr,
    authors: paper.authors,
    categories: paper.categories,
    publishedAt: iso(paper.publishedAt),
    revisedAt: iso(paper.revisedAt),
    withdrawnAt: iso(paper.withdrawnAt),
    firstSeenAt: paper.firstSeenAt.toISOString(),
    feedAt: paper.feedAt.toISOString(),
    tags: namedTags(paper.tags),
    signals: Object.fromEntries(paper.signals.map(({ kind, value }) => [kind, value])),
    score: paper.why.score,
    why: paper.why.parts.map(({ label, detail, value }) => ({ label, detail, value })),
    links: {
      page: siteUrl + paperPath(paper.id),
      arxiv: arxivId && arxivAbstractUrl(arxivId),
      pdf: arxivId && arxivPdfUrl(arxivId),
      doi: doi && doiUrl(doi),
      code: webUrl(paper.codeUrl),
      project: webUrl(paper.projectUrl),
    },
  };
}
