import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { simpleParser } from 'mailparser';
import { encodeBody, type MailBody } from '@/lib/mail/wire/multipart';
import type { Paper } from '@/lib/papers/paper';
import { addressChangeMail } from './address-change';
import { alreadySubscribedMail } from './already-subscribed';
import { confirmationMail } from './confirmation';
import { composeDigest, renderEdition } from './edition';
import type { DigestItem, MailContent } from './types';

/** `npm run emails`: every mail with sample words, as HTML and as text, rendered anew at each load. */

const PORT = Number(process.argv[2] ?? 3100);
const site = { url: 'https://papers.example.org', postalAddress: 'Example Society, 1 Main Street' };
const link = (path: string) => `${site.url}/${path}?token=sample`;

const letters: Record<string, () => Promise<MailContent>> = {
  confirmation: () =>
    confirmationMail({
      site,
      confirmUrl: link('confirm'),
      schedule: 'every Monday at 08:00 (Europe/Berlin)',
      validFor: 'two days',
    }),
  'already-subscribed': () =>
    alreadySubscribedMail({
      site,
      preferencesUrl: link('preferences'),
      unsubscribeUrl: link('unsubscribe'),
    }),
  'address-change': () =>
    addressChangeMail({
      site,
      confirmUrl: link('confirm'),
      oldAddress: 'old@example.org',
      newAddress: 'new@example.org',
      validFor: 'two days',
    }),
};

const mails: Record<string, () => Promise<MailBody>> = {
  ...Object.fromEntries(
    Object.entries(letters).map(([name, write]) => [name, async () => encodeBody(await write())]),
  ),
  digest: () => digest(10),
  'digest-largest': () => digest(60),
};

async function samplePapers(): Promise<Paper[]> {
  const file = new URL('../prisma/sample/papers.json', import.meta.url);
  const records = JSON.parse(await readFile(file, 'utf8')) as {
    title: string;
    arxivId: string;
    authors: string[];
    publishedAt: string;
    codeUrl: string | null;
    summary: string;
  }[];
  return records.map((record, i) => ({
    id: i + 1,
    arxivId: record.arxivId,
    version: 1,
    doi: null,
    title: record.title,
    abstract: record.summary,
    abstractKind: 'summary',
    tldr: null,
    authors: record.authors,
    categories: [],
    keywords: [],
    publishedAt: new Date(record.publishedAt),
    revisedAt: null,
    withdrawnAt: i === 3 ? new Date() : null,
    firstSeenAt: new Date(record.publishedAt),
    comment: null,
    journalRef: null,
    license: null,
    codeUrl: record.codeUrl,
    projectUrl: null,
    tags: [
      { slug: 'peft', name: 'PEFT' },
      { slug: 'continual-pre-training', name: 'continual pre-training' },
    ],
  }));
}

async function digest(count: number): Promise<MailBody> {
  const papers = (await samplePapers()).slice(0, count);
  const edition = await renderEdition({ site, cadence: 'weekly', issue: 'Week 47, 2026', papers });
  const item = ({ id, withdrawnAt }: Paper): DigestItem => ({
    paperId: id,
    form: withdrawnAt ? 'brief' : 'full',
    why: withdrawnAt
      ? 'Withdrawn by its authors; you got it on 2 November'
      : '210 upvotes this week',
  });
  const current = papers.filter((paper) => !paper.withdrawnAt);
  const half = Math.ceil(current.length / 2);
  return composeDigest(edition, {
    subject: `${papers[0]!.title}, and ${count - 1} more`,
    preheader: `${count} papers that trended this week`,
    intro: `${count} papers that trended this week, in the tags you chose.`,
    sections: [
      { heading: 'Trending', items: current.slice(0, half).map(item) },
      { heading: 'Your search “"masked language" -vision”', items: current.slice(half).map(item) },
      {
        heading: 'Revised and withdrawn',
        items: papers.filter((paper) => paper.withdrawnAt).map(item),
      },
    ],
    links: {
      archive: link('digests/weekly/2026-w47'),
      preferences: link('preferences'),
      pause: link('pause'),
      unsubscribe: link('unsubscribe'),
      feedback: link('feedback?token=preview'),
    },
    email: 'reader@example.net',
  }).body;
}

async function index(): Promise<string> {
  const rows = Object.keys(mails).map(
    (name) => `<li>${name}: <a href="/${name}">HTML</a>, <a href="/${name}.txt">text</a></li>`,
  );
  return `<!doctype html><html lang="en"><title>Mails</title><h1>Mails</h1><ul>${rows.join('')}</ul></html>`;
}

createServer(async (request, response) => {
  try {
    const [, name = '', text] = /^\/([a-z-]*)(\.txt)?$/.exec(request.url ?? '') ?? [];
    const write = mails[name];
    if (name && !write) {
      response.writeHead(404).end('There is no such mail.');
      return;
    }
    if (!write) {
      response.setHeader('content-type', 'text/html; charset=utf-8').end(await index());
      return;
    }
    const { contentType, body } = await write();
    const parsed = await simpleParser(`Content-Type: ${contentType}\r\n\r\n${body}`);
    response
      .setHeader('content-type', `text/${text ? 'plain' : 'html'}; charset=utf-8`)
      .end(text ? parsed.text : parsed.html);
  } catch (error) {
    response.writeHead(500).end(String((error as Error).stack));
  }
}).listen(PORT, '127.0.0.1', () => {
  console.log(`Mails with sample words: http://localhost:${PORT}/`);
});
