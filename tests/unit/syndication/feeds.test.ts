import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Paper } from '@/lib/papers/paper';
import { atom } from '@/lib/syndication/atom';
import { jsonFeed } from '@/lib/syndication/json-feed';
import { paperEntries, topicEntries } from '@/lib/syndication/syndicated';
import { aPaper } from '@/tests/fixtures/paper';

const SITE = 'https://papers.example.org';
const list = (papers: Paper[], title = 'Trending papers') => ({
  title,
  description: 'What readers look at now',
  selfUrl: `${SITE}/feeds/atom/tags/peft+lora?a=1&b=2`,
  pageUrl: `${SITE}/tags/peft+lora`,
  siteUrl: SITE,
  ...paperEntries(papers, SITE),
});

const hostile = aPaper({
  id: 13,
  title: 'Bad ]]> <script>alert(1)</script> & "quotes" \u0000\u0008\uFFFF $x^2$',
  abstract: '<img src=x onerror=alert(1)>\n\nSecond & last.',
  authors: ['<b>A</b>', 'B & C'],
  tags: ['"><evil>'],
  categories: ['"><evil>'],
});
const noAbstract = aPaper({ id: 14, abstract: '', authors: [], publishedAt: null });
const crowd = aPaper({ id: 15, authors: Array.from({ length: 400 }, (_, i) => `Author ${i}`) });
const all = [aPaper(), hostile, noAbstract, crowd];
/** What an entry ends with, where the paper is on arXiv. */
const ELSEWHERE = `<p><a href="https://arxiv.org/abs/${hostile.arxivId}">arXiv</a> · <a href="https://arxiv.org/pdf/${hostile.arxivId}">PDF</a></p>`;

describe('Atom (RFC 4287)', () => {
  const parser = new XMLParser({
    ignoreAttributes: false,
    isArray: (name) => ['entry', 'link', 'author', 'category'].includes(name),
  });
  const { feed } = parser.parse(atom(list(all)));

  test('is well-formed XML, whatever titles hold', () => {
    expect(XMLValidator.validate(atom(list(all)))).toBe(true);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: looks for what XML 1.0 cannot hold
    expect(atom(list(all))).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
  });

  test('feed and entries have exactly one id, title and updated, and an author', () => {
    for (const part of [feed, ...feed.entry]) {
      for (const name of ['id', 'title', 'updated']) {
        expect(part[name]).toBeTypeOf('string');
        expect(part[name]).not.toBe('');
      }
      expect(Date.parse(part.updated)).not.toBeNaN();
      for (const author of part.author ?? []) expect(author.name).not.toBe('');
    }
    expect(feed.author).toHaveLength(1);
  });

  test('ids are absolute and different', () => {
    const ids = feed.entry.map((entry: { id: string }) => entry.id);
    expect(new Set(ids).size).toBe(all.length);
    for (const id of ids) expect(() => new URL(id)).not.toThrow();
  });

  test('links to itself and to the page', () => {
    const rels = feed.link.map((link: Record<string, string>) => [link['@_rel'], link['@_href']]);
    expect(rels).toEqual([
      ['self', `${SITE}/feeds/atom/tags/peft+lora?a=1&amp;b=2`.replace('&amp;', '&')],
      ['alternate', `${SITE}/tags/peft+lora`],
    ]);
  });

  test('each entry has content or an alternate link, and content shows markup as text', () => {
    const entry = feed.entry[1];
    expect(entry.content['@_type']).toBe('html');
    expect(entry.content['#text']).toBe(
      `<p>&lt;img src=x onerror=alert(1)&gt;</p><p>Second &amp; last.</p>${ELSEWHERE}`,
    );
    expect(entry.link[0]['@_rel']).toBe('alternate');
  });

  test('each entry leads to the paper on arXiv and to its PDF; without either, to its DOI', () => {
    const related = feed.entry[1].link.filter(
      (link: Record<string, string>) => link['@_rel'] === 'related',
    );
    expect(related.map((link: Record<string, string>) => link['@_type'])).toEqual([
      'text/html',
      'application/pdf',
    ]);
    const published = aPaper({ id: 16, arxivId: null, doi: '10.1000/a"><b>' });
    const [item] = JSON.parse(jsonFeed(list([published]))).items;
    expect(item.external_url).toBe('https://doi.org/10.1000/a%22%3E%3Cb%3E');
  });

  test('a list without papers is a valid feed', () => {
    const empty = parser.parse(atom(list([]))).feed;
    expect(empty.entry).toBeUndefined();
    expect(empty.updated).toBe('1970-01-01T00:00:00.000Z');
  });
});

describe('rising topics', () => {
  const topic = {
    phrase: 'agent <memory>',
    papers: 14,
    before: 3,
    growth: 4.5,
    score: 20,
    query: '+"agent memory"',
    weeks: [],
    shares: [],
    rise: { key: 'agent memory', since: '2026-06-01T00:50:00.000Z', seen: '' },
    newest: [12, 404],
    tags: [],
  };
  const rising = { span: 'month' as const, recent: 3_000, topics: [topic], ended: [] };
  const papers = new Map([[12, aPaper()]]);
  const entryAsOf = (day: string, changed: Partial<typeof topic> = {}) => {
    const found = { ...rising, asOf: new Date(day), topics: [{ ...topic, ...changed }] };
    return topicEntries(found, papers, SITE).entries[0]!;
  };

  test('are entries with their figures, their newest papers that are still shown, and their search', () => {
    const entry = entryAsOf('2026-06-30');
    expect(entry.content).toBe(
      `<p>14 papers in the last 28 days, 3 in the 28 days before; share × 4.5</p><ul><li><a href="${SITE}/papers/12">Learning to Weigh: LoRA Adapters for O(n) Scales</a></li></ul>`,
    );
    expect(entry.url).toBe(`${SITE}/search?q=%2B%22agent%20memory%22%20sort%3Anew`);
    const xml = atom({ ...list([]), entries: [entry] });
    expect(XMLValidator.validate(xml)).toBe(true);
    expect(xml).toContain('<title>agent &lt;memory&gt;</title>');
  });

  test('are the same entries the day after, with other figures and another spelling', () => {
    const { id, published, updated } = entryAsOf('2026-06-30');
    expect(entryAsOf('2026-07-01', { papers: 20, phrase: 'Agent Memory' })).toMatchObject({
      id,
      published,
      updated,
    });
    const rise = { ...topic.rise, since: '2026-09-01T00:50:00.000Z' };
    expect(entryAsOf('2026-09-01', { rise }).id).not.toBe(id);
  });
});

describe('JSON Feed 1.1', () => {
  const url = z.url();
  const schema = z.strictObject({
    version: z.literal('https://jsonfeed.org/version/1.1'),
    title: z.string().min(1),
    description: z.string(),
    home_page_url: url,
    feed_url: url,
    language: z.literal('en'),
    authors: z.array(z.strictObject({ name: z.string().min(1), url })).min(1),
    items: z.array(
      z.strictObject({
        id: z.string().min(1),
        url,
        external_url: url.optional(),
        title: z.string(),
        content_html: z.string().min(1),
        date_published: z.iso.datetime(),
        date_modified: z.iso.datetime(),
        authors: z.array(z.strictObject({ name: z.string().min(1) })),
        tags: z.array(z.string()),
      }),
    ),
  });

  test('keeps the rules of the format', () => {
    const feed = schema.parse(JSON.parse(jsonFeed(list(all))));
    expect(feed.items).toHaveLength(all.length);
    expect(schema.parse(JSON.parse(jsonFeed(list([])))).items).toEqual([]);
  });

  test('titles are text, content is HTML with the text escaped', () => {
    const item = JSON.parse(jsonFeed(list([hostile]))).items[0];
    expect(item.title).toBe('Bad ]]> <script>alert(1)</script> & "quotes" x²');
    expect(item.content_html).not.toMatch(/<img/);
  });
});
