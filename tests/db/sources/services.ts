import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll } from 'vitest';
import type { Db } from '@/lib/db/sql';
import { createTransport, type TransportSettings } from '@/lib/sources/fetch/transport';
import config from '@/lib/sources/settings';

interface Answer {
  status?: number;
  headers?: Record<string, string>;
  body: string;
}

/** Plays all services on this machine; each test says what they answer, by path and query. */
export async function services(db: Db, now: Date) {
  const play = {
    answer: (_: URL, _body: string): Answer => ({ status: 404, body: '' }),
    /** Paths and queries of the requests so far. */
    asked: [] as string[],
  };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://localhost');
      play.asked.push(url.pathname + url.search);
      const { status = 200, headers = {}, body: text } = play.answer(url, body);
      const known = headers.etag !== undefined && request.headers['if-none-match'] === headers.etag;
      response.writeHead(known ? 304 : status, headers).end(known ? '' : text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  afterAll(() => server.close());

  const transport = (more: Partial<TransportSettings> = {}) =>
    createTransport({
      db,
      userAgent: 'test',
      allowPrivate: true,
      ruleFor: (key) => ({ key, delayMs: 0, concurrency: 1 }),
      backoffMs: () => 1,
      ...more,
    });
  const settings = {
    transport: transport(),
    config: {
      ...config,
      dailyPapersDays: 4,
      addresses: {
        arxivQuery: `${base}/query`,
        arxivOai: `${base}/oai`,
        arxivRss: `${base}/rss`,
        dailyPapers: `${base}/daily`,
        semanticScholar: `${base}/s2`,
        github: `${base}/github`,
      },
    },
    now,
  };
  return { play, settings, transport };
}

export const feed = (...entries: string[]) =>
  `<feed xmlns="http://www.w3.org/2005/Atom">${entries.join('')}</feed>`;
export const entry = (id: string, published: string, more = '') =>
  `<entry><id>http://arxiv.org/abs/${id}v1</id><title>Paper ${id}</title><summary>Text.</summary><published>${published}</published><updated>${published}</updated><category term="cs.LG"/><author><name>Ann A${id}</name></author>${more}</entry>`;

export const oaiRecord = (id: string, category = 'cs.LG') =>
  `<record><header><identifier>oai:arXiv.org:${id}</identifier></header><metadata><arXivRaw><id>${id}</id><version version="v1"><date>Fri, 20 Nov 2026 10:00:00 GMT</date></version><title>Paper ${id}</title><authors>Ann A${id}</authors><categories>${category}</categories><abstract>Text.</abstract></arXivRaw></metadata></record>`;
export const oai = (content: string, token = '') =>
  `<OAI-PMH><ListRecords>${content}<resumptionToken>${token}</resumptionToken></ListRecords></OAI-PMH>`;

/** What a paper's row needs besides what a test is about. */
export const bare = (arxivId: string) => ({
  authors: [],
  categories: [],
  keywords: [],
  arxivId,
  titleKey: `paper${arxivId.replace('.', '')}`,
  firstAuthorKey: `a${arxivId.replace('.', '')}`,
  title: `Paper ${arxivId}`,
  abstract: 'T.',
  codeUrl: 'https://github.com/a/b',
});
