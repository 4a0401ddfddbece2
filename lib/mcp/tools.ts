import { McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { listPapers } from '@/lib/api/list-papers';
import { paperMarkdown } from '@/lib/citations/markdown';
import type { ModelDb } from '@/lib/db/sql';
import { feedFacets } from '@/lib/feed/facet-query';
import { makeFeed } from '@/lib/feed/filters';
import { tagTerm } from '@/lib/feed/list-terms';
import { WINDOWS } from '@/lib/feed/periods';
import { feedPapers } from '@/lib/feed/query';
import { becauseWords, savedTitles } from '@/lib/interests/because-words';
import { forReader } from '@/lib/interests/for-reader';
import { paperPath, parsePaperAddress } from '@/lib/papers/paper-address';
import { findByArxivId } from '@/lib/papers/store';
import { type Actor, refusalOf } from '@/lib/readers/actor';
import { similarPapers } from '@/lib/search/similar';
import { TAGS, tagBySlug } from '@/lib/tags/taxonomy';
import { cutTo, listWithin, MOST_BYTES, paperLines } from './answer-words';

interface Context {
  db: ModelDb;
  /** Whose personal token came with the request; the catalogue is everybody's. */
  actor: Actor;
  siteUrl: string;
  version: string;
  now: Date;
}

const MOST_PAPERS = 25;
const NEAR_TAGS = 8;
const limit = z.int().min(1).max(MOST_PAPERS).default(10).describe('How many papers');
const paper = z.string().describe('A paper: its id here, or its arXiv id such as 2106.09685');
const tags = z.array(z.string()).max(5).default([]).describe('Slugs of tags, all of which it has');
const READ_ONLY = { readOnlyHint: true, destructiveHint: false, openWorldHint: false };

const NEEDS_TOKEN =
  'Send a personal token with the scope "read" as "Authorization: Bearer …". Readers make them on /account.';

/** What a client may do differently; told as a result, so that the model reads it. */
class Refusal extends Error {}

/** A server for one request: the catalogue, and what is for the reader whose token came with it. */
export function mcpServer(context: Context): McpServer {
  const { db, actor, siteUrl, version, now } = context;
  const server = new McpServer(
    { name: 'broadsheet', version },
    {
      instructions:
        'Trending research papers, with tags, search and why each stands where it does. Titles and abstracts are quotations of what authors wrote.',
    },
  );
  server.registerTool(
    'trending',
    {
      title: 'Trending papers',
      description: 'The papers that trend, the first one first, each with why it stands there.',
      inputSchema: z.object({
        window: z.enum(WINDOWS).default('week').describe('How far back'),
        tags,
        limit,
      }),
      annotations: READ_ONLY,
    },
    ({ window, tags, limit }) =>
      told(async () => {
        const filter = { tags: tags.map(knownTag), without: [], category: null, hasCode: false };
        const query = { q: undefined, window, sort: 'trending', limit, after: undefined } as const;
        const { papers } = await listPapers(db, query, filter, now);
        if (papers.length === 0) {
          throw new Refusal('No paper. Ask for a longer window, or for fewer tags.');
        }
        return list(`Trending, ${window}:`, papers);
      }),
  );
  server.registerTool(
    'search',
    {
      title: 'Search papers',
      description:
        'Papers about something, best first. Words, "phrases", -without, title:, author:, tag:slug, cat:cs.CL, after:2025, before:2026, has:code; also a whole title, an arXiv id or a DOI.',
      inputSchema: z.object({ query: z.string().trim().min(1).max(1_000), limit }),
      annotations: READ_ONLY,
    },
    ({ query, limit }) =>
      told(async () => {
        const filter = { tags: [], without: [], category: null, hasCode: false };
        const asked = { q: query, window: undefined, sort: undefined, limit, after: undefined };
        const { papers, messages = [] } = await listPapers(db, asked, filter, now);
        if (papers.length === 0) {
          throw new Refusal(['Nothing found. Try fewer or other words.', ...messages].join(' '));
        }
        return list(['Found:', ...messages].join(' '), papers);
      }),
  );
  server.registerTool(
    'paper',
    {
      title: 'One paper',
      description: 'A paper with its abstract, links, tags, and why it trends.',
      inputSchema: z.object({ id: paper }),
      annotations: READ_ONLY,
    },
    ({ id }) =>
      told(async () => {
        const [found] = await feedPapers(db, [await idOf(id)], now);
        if (!found) throw unknownPaper(id);
        const parts = found.why.parts.map(({ label, detail }) => `- ${label}: ${detail}`);
        const why = cutTo(['## Why it stands where it does', ...parts].join('\n'), 2_000);
        const text = paperMarkdown(found, siteUrl + paperPath(found.id));
        return `${cutTo(text, MOST_BYTES - Buffer.byteLength(why) - 10)}\n${why}`;
      }),
  );
  server.registerTool(
    'similar',
    {
      title: 'Similar papers',
      description: 'Papers most like one, by the words that tell it from others.',
      inputSchema: z.object({ id: paper, limit }),
      annotations: READ_ONLY,
    },
    ({ id, limit }) =>
      told(async () => {
        const own = await idOf(id);
        if ((await feedPapers(db, [own], now)).length === 0) throw unknownPaper(id);
        const papers = await feedPapers(db, await similarPapers(db, own, limit), now);
        if (papers.length === 0)
          throw new Refusal('Nothing is like it. Try search with its topic.');
        return list(`Like paper ${own}:`, papers);
      }),
  );
  server.registerTool(
    'tags',
    {
      title: 'Tags',
      description:
        'The tags, with how many papers have each. With text, those that have it in name or definition.',
      inputSchema: z.object({ text: z.string().trim().max(100).optional() }),
      annotations: READ_ONLY,
    },
    ({ text }) =>
      told(async () => {
        const found = text ? TAGS.filter((tag) => mentions(tag, text)) : TAGS;
        if (found.length === 0)
          throw new Refusal('No such tag. Try another word, or none for all.');
        const { papers } = await feedFacets(db, makeFeed({ window: 'all' }), now);
        const lines = found.map(({ slug, name, definition }) => {
          const count = papers.get(tagTerm(slug)) ?? 0;
          return `- ${slug} (${count}): ${text ? `${name}. ${definition}` : name}`;
        });
        return listWithin('Slug (papers): name', lines, 'ask with text.');
      }),
  );
  server.registerTool(
    'for-you',
    {
      title: 'Papers for you',
      description:
        'Papers like those that the owner of the personal token saved, each with the saved paper and the words that brought it.',
      inputSchema: z.object({
        interest: z
          .string()
          .max(100)
          .optional()
          .describe('The id of one interest, such as shelf:thesis. Without: all in turn'),
        limit,
      }),
      annotations: READ_ONLY,
    },
    ({ interest = null, limit }) =>
      told(async () => {
        if (refusalOf(actor, 'interest:read')) throw new Refusal(NEEDS_TOKEN);
        const found = await forReader(db, actor, { interest, limit, after: null });
        if (found === null) throw new Refusal('There is no such interest. Ask without one.');
        if (found.papers.length === 0) {
          throw new Refusal(
            'Nothing yet. Save five papers to a shelf of the library, then ask again.',
          );
        }
        const because = new Map(found.papers.map((each) => [each.id, each.because]));
        const [papers, titles] = await Promise.all([
          feedPapers(db, [...because.keys()], now),
          savedTitles(db, because.values()),
        ]);
        const told = papers.map((each) => ({
          ...each,
          reason: becauseWords(because.get(each.id)!, titles),
        }));
        return list(`For you, of ${found.interests.map(({ key }) => key).join(', ')}:`, told);
      }),
  );

  function list(head: string, papers: Parameters<typeof paperLines>[0][]): string {
    const items = papers.map((each) => paperLines(each, siteUrl));
    return listWithin(head, items, 'ask for fewer, or call paper with an id.');
  }

  async function idOf(text: string): Promise<number> {
    const address = parsePaperAddress(text.trim().replace(/^arxiv:/i, ''));
    const id = address && ('id' in address ? address.id : await findByArxivId(db, address.arxivId));
    if (id === null) throw unknownPaper(text);
    return id;
  }

  return server;
}

async function told(work: () => Promise<string>) {
  try {
    return { content: [{ type: 'text' as const, text: await work() }] };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { content: [{ type: 'text' as const, text: error.message }], isError: true };
  }
}

function unknownPaper(id: string): Refusal {
  return new Refusal(
    `There is no paper "${cutTo(id, 100)}" here. Call search, and take the id of one that it finds.`,
  );
}

function knownTag(slug: string): string {
  if (tagBySlug(slug)) return slug;
  const near = TAGS.filter((tag) => mentions(tag, slug.replaceAll('-', ' '))).slice(0, NEAR_TAGS);
  const those = near.length > 0 ? `Near: ${near.map((tag) => tag.slug).join(', ')}.` : '';
  throw new Refusal(`There is no tag "${cutTo(slug, 100)}". ${those} Call tags to see all.`);
}

function mentions({ slug, name, definition }: (typeof TAGS)[number], text: string): boolean {
  return `${slug.replaceAll('-', ' ')} ${slug} ${name} ${definition}`
    .toLowerCase()
    .includes(text.toLowerCase());
}
