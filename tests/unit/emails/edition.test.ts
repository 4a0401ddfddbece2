import { simpleParser } from 'mailparser';
import { describe, expect, test } from 'vitest';
import { renderEdition } from '@/emails/edition';
import type { EditionInput } from '@/emails/types';
import { composeDigest, MAX_HTML, type PersonalDigest } from '@/lib/mail/wire/digest-body';
import { encodeEdition } from '@/lib/mail/wire/encoded-edition';
import type { Paper } from '@/lib/papers/paper';
import { wishUrl } from '@/lib/subscribers/reader-links';
import { TAGS } from '@/lib/tags/taxonomy';
import { edition, FEEDBACK, item, paper, personal, SITE } from './samples';

const encode = async (input: EditionInput) => encodeEdition(await renderEdition(input));

async function digest(papers: Paper[], wanted: PersonalDigest) {
  const rendered = await encode(edition(papers));
  const composed = composeDigest(rendered, wanted);
  const { contentType, body } = composed.body;
  const parsed = await simpleParser(
    Buffer.from(`Content-Type: ${contentType}\r\n\r\n${body}`, 'latin1'),
    { skipHtmlToText: true, skipTextToHtml: true, skipTextLinks: true },
  );
  return { ...composed, raw: body, html: String(parsed.html), text: parsed.text ?? '' };
}

/** The HTML's words as a reader sees them. */
function visible(html: string): string {
  return html
    .replace(/<(style|title)[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#(?:x27|39);/g, "'")
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ');
}

describe('a digest', () => {
  test('says the same in both parts: every paper with title, signal, tags and links, the first with sentences', async () => {
    const { html, text, paperIds } = await digest(
      [
        paper(1, { tldr: 'Small is enough.', codeUrl: 'https://github.com/a/b' }),
        paper(2, { title: 'Größe — 論文', abstractKind: 'summary' }),
        paper(3, { withdrawnAt: new Date() }),
      ],
      personal([
        { heading: 'Trending', items: [item(1)] },
        { heading: 'Your search “lora -vision”', items: [item(2, { form: 'short' })] },
        {
          heading: 'Revised and withdrawn',
          items: [item(3, { form: 'brief', why: 'Withdrawn by its authors on 20 Nov 2026' })],
        },
      ]),
    );
    expect(paperIds).toEqual([1, 2, 3]);
    expect(visible(html)).not.toContain('What paper 2 found');
    for (const part of [visible(html), text.replace(/\s+/g, ' ')]) {
      for (const words of [
        'The week to Friday, 20 November 2026',
        '2 of 50 new papers on PEFT',
        'Trending',
        'Paper number 1',
        'Ada Lovelace, Émilie du Châtelet',
        '▲ 1',
        '▲ 2',
        'PEFT',
        'Small is enough.',
        'PDF',
        'arXiv',
        'Code',
        'Save',
        'More like this',
        'Not for me',
        'Your search “lora -vision”',
        'Größe — 論文',
        'Withdrawn: Paper number 3',
        'Withdrawn by its authors on 20 Nov 2026',
        'You get these because you follow PEFT.',
        'Settings',
        'Pause for two weeks',
        'Unsubscribe',
        'Past issues',
        'Sent to reader@example.net',
        '1 Main Street, Town',
      ]) {
        expect(part).toContain(words);
      }
    }
    const hrefs = [...html.matchAll(/href="([^"]*)"/g)].map(([, url]) =>
      url!.replace(/&amp;/g, '&'),
    );
    for (const url of text.match(/https?:\/\/\S+/g)!) expect(hrefs).toContain(url);
    for (const url of [
      wishUrl(FEEDBACK, 'more', 1),
      wishUrl(FEEDBACK, 'less', 1),
      wishUrl(FEEDBACK, 'save', 1),
      'https://github.com/a/b',
    ]) {
      expect(text).toContain(url);
      expect(hrefs).toContain(url);
    }
  });

  test('has rising topics below its papers in both parts, counted in its size, and none without them', async () => {
    const sections = [{ heading: 'Trending', items: [item(1)] }];
    const topic = {
      phrase: 'agent memory',
      figures: '14 papers in the last 28 days, none in the 28 days before; share × 40.5',
      query: '+"agent memory"',
    };
    const { html, text, htmlBytes } = await digest(
      [paper(1)],
      personal(sections, { rising: [topic, { ...topic, phrase: 'd’Alembert <b>' }] }),
    );
    const search = `${SITE.url}/search?q=%2B%22agent%20memory%22%20sort%3Anew`;
    for (const part of [visible(html), text]) {
      expect(part).toContain('Rising topics');
      expect(part).toContain(topic.figures);
      expect(part).toContain('d’Alembert <b>');
      expect(part.indexOf('Rising topics')).toBeGreaterThan(part.indexOf('Paper number 1'));
    }
    for (const url of [search, `${SITE.url}/rising`]) {
      expect(html).toContain(`href="${url}"`);
      expect(text).toContain(url);
    }
    expect(htmlBytes).toBe(Buffer.byteLength(html.trimEnd()));
    const without = await digest([paper(1)], personal(sections));
    expect(without.html + without.text).not.toMatch(/rising/i);
  });

  test('says of papers like the reader’s own what brought them, with the links that all have', async () => {
    const why = 'Because of “A & B”: “adapter”, “rank”';
    const sections = [{ heading: 'For you', items: [item(1, { form: 'reasoned', why })] }];
    const { html, text, paperIds } = await digest([paper(1)], personal(sections));
    for (const part of [visible(html), text]) {
      expect(part).toContain(why);
      expect(part.indexOf(why)).toBeGreaterThan(part.indexOf('Paper number 1'));
      for (const link of ['Save', 'More like this', 'Not for me']) expect(part).toContain(link);
    }
    expect(paperIds).toEqual([1]);
  });

  test('is plain HTML that reads without styles and images', async () => {
    const { html, raw } = await digest(
      [paper(1)],
      personal([{ heading: 'Trending', items: [item(1)] }]),
    );
    expect(html).toMatch(/<html[^>]*lang="en"/);
    expect(html).toMatch(/<title>Paper number 1, and 1 more<\/title>/);
    for (const table of html.match(/<table[^>]*>/g)!)
      expect(table).toContain('role="presentation"');
    expect([...html.matchAll(/<h[1-6]/g)].map(([tag]) => tag)).toEqual(['<h1', '<h2', '<h3']);
    expect(html).toContain('prefers-color-scheme:dark');
    expect(html).toMatch(/Two papers this week[^\p{L}<]*<\/div>/u);
    expect(html).not.toMatch(/<img|<script|<link|<!--|src=|url\(|@import|\p{Co}/iu);
    for (const line of raw.split('\r\n')) expect(line.length).toBeLessThanOrEqual(78);
  });

  test('stays below the size that Gmail shows, shortening the last papers first', async () => {
    const long = 'A sentence of a very long abstract that says <little> & "much". ';
    const papers = Array.from({ length: 60 }, (_, i) =>
      paper(i + 1, {
        title: `${i + 1}: ${'long title '.repeat(40)}`,
        abstract: long.repeat(60),
        authors: Array.from({ length: 300 }, (_, n) => `Author Number ${n}`),
        tags: TAGS.slice(0, 12).map(({ slug }) => slug),
        codeUrl: `https://github.com/a/${'b'.repeat(60)}`,
      }),
    );
    const items = papers.map(({ id }) => item(id));
    const wanted = personal([
      { heading: 'Trending', items: items.slice(0, 30) },
      ...Array.from({ length: 3 }, (_, i) => ({
        heading: `Search ${i} ${'x'.repeat(60)}`,
        items: items.slice(30 + 10 * i, 40 + 10 * i),
      })),
    ]);
    wanted.links.feedback = `${FEEDBACK}${'x'.repeat(120)}`;
    const { html, htmlBytes, paperIds } = await digest(papers, wanted);
    expect(Buffer.byteLength(html)).toBeLessThanOrEqual(MAX_HTML);
    expect(Buffer.byteLength(html)).toBeGreaterThan(MAX_HTML * 0.75);
    expect(htmlBytes).toBe(Buffer.byteLength(html.trimEnd()));
    expect(paperIds).toEqual(papers.slice(0, paperIds.length).map(({ id }) => id));
    const inHtml = [...html.matchAll(/href="[^"]*\/papers\/(\d+)"/g)].map(([, id]) => Number(id));
    expect(inHtml).toEqual(paperIds);
    const abstracts = (html.match(/A sentence of/g) ?? []).length;
    expect(abstracts).toBeGreaterThan(0);
  });

  test('lists four papers or more on one line each, linked to the issue on the web', async () => {
    const papers = [1, 2, 3, 4].map((id) => paper(id, { title: `Name ${id} of it: what it does` }));
    const items = papers.map(({ id }) => item(id));
    const listed = (html: string) => [...html.matchAll(/href="([^"]*)#paper-\d+"/g)];
    const four = await digest(papers, personal([{ heading: 'x', items }]));
    expect(listed(four.html).map(([, url]) => url)).toEqual(
      papers.map(() => `${SITE.url}/digests/weekly/2026-w47`),
    );
    expect(four.text).toContain('IN TWO MINUTES');
    const three = await digest(papers, personal([{ heading: 'x', items: items.slice(1) }]));
    expect(listed(three.html)).toEqual([]);
  });

  test('ten papers make at most 40 KB of HTML, 25 of them at most 90 KB', async () => {
    const papers = Array.from({ length: 25 }, (_, i) =>
      paper(i + 1, {
        title: `A title of ${i + 1}: as long as titles of papers often are, with a second line`,
        abstract: 'An abstract of the usual length says this. '.repeat(30),
        tags: ['continual-pre-training', 'peft'],
        codeUrl: 'https://github.com/somebody/something',
      }),
    );
    const items = papers.map(({ id }, i) => item(id, { form: i < 3 ? 'full' : 'short' }));
    const ten = await digest(papers, personal([{ heading: 'x', items: items.slice(0, 10) }]));
    expect(ten.htmlBytes).toBeLessThanOrEqual(40_000);
    const all = await digest(papers, personal([{ heading: 'x', items }]));
    expect(all.htmlBytes).toBeLessThanOrEqual(90_000);
    expect((all.html.match(/>More like this</g) ?? []).length).toBe(25);
  });

  test('25 papers of ordinary length all keep their sentences', async () => {
    const papers = Array.from({ length: 25 }, (_, i) =>
      paper(i + 1, { abstract: 'An abstract of the usual length says this. '.repeat(30) }),
    );
    const { html, paperIds } = await digest(
      papers,
      personal([{ heading: 'Trending', items: papers.map(({ id }) => item(id)) }]),
    );
    expect(paperIds).toHaveLength(25);
    expect((html.match(/>More like this</g) ?? []).length).toBe(25);
  });
});

describe('what comes from outside stays text', () => {
  const hostile = [
    '<script>alert(1)</script>',
    '</title><img src=x onerror=alert(1)>',
    '"><a href="https://evil.example">click</a>',
    'a\r\nBcc: all@example.org\r\n\r\n--=_broadsheet_part--',
    '\u202eleft to right\u202c \u2066isolated\u2069',
    'nul \u0000 bell \u0007 \ufeff',
    '\ue000unsubscribeUrl\ue001 \ue002',
    '--=_broadsheet_part--',
    '&lt;b&gt; &amp;amp;',
    '$\\href{javascript:alert(1)}{x}$ and $\\alpha^2$',
    '\ud800 lone',
  ];

  test.each(hostile)('%j in every field', async (evil) => {
    const { html, text, raw } = await digest(
      [
        paper(1, {
          title: evil,
          abstract: evil,
          authors: [evil],
          tags: ['peft', evil],
        }),
      ],
      personal([{ heading: evil, items: [item(1, { why: evil, signal: evil })] }], {
        subject: evil,
        preheader: evil,
        heading: evil,
        summary: evil,
        because: evil,
        email: evil,
        rising: [{ phrase: evil, figures: evil, query: 'x' }],
      }),
    );
    const clean = await digest(
      [paper(1)],
      personal([{ heading: 'x', items: [item(1)] }], {
        rising: [{ phrase: 'x', figures: 'x', query: 'x' }],
      }),
    );
    const tags = (markup: string) => markup.match(/<\/?[a-z0-9]+/g);
    expect(tags(html)).toEqual(tags(clean.html));
    const hrefs = (markup: string) => markup.match(/href="[^"]*"/g);
    expect(hrefs(html)).toEqual(hrefs(clean.html));
    for (const part of [html, text]) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
      expect(part).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202a-\u202e\u2066-\u2069]|\p{Co}/u);
    }
    expect(raw.split('\r\n--=_broadsheet_part').length).toBe(3);
  });

  test('formulas are Unicode where there is one', async () => {
    const { text } = await digest(
      [paper(1, { title: 'An $O(n^2)$ bound for $\\alpha$-mixing' })],
      personal([{ heading: 'x', items: [item(1)] }]),
    );
    expect(text).toContain('An O(n²) bound for α-mixing');
  });

  test.each([
    'javascript:alert(1)',
    'https://x.example/"onclick="',
    'https://x.example/\r\nX',
    '/relative',
  ])('a link to %j is refused', async (feedback) => {
    const rendered = await encode(edition([paper(1)]));
    const wanted = personal([{ heading: 'x', items: [item(1)] }]);
    wanted.links.feedback = feedback;
    expect(() => composeDigest(rendered, wanted)).toThrow(TypeError);
  });

  test('a source’s code link that is no web address is left out', async () => {
    const { html } = await digest(
      [paper(1, { codeUrl: 'javascript:alert(1)' })],
      personal([{ heading: 'x', items: [item(1)] }]),
    );
    expect(html).not.toContain('javascript');
  });
});

test('an edition survives being stored as JSON', async () => {
  const rendered = await encode(edition([paper(1)]));
  const wanted = personal([{ heading: 'x', items: [item(1)] }]);
  expect(composeDigest(JSON.parse(JSON.stringify(rendered)), wanted)).toEqual(
    composeDigest(rendered, wanted),
  );
  expect(JSON.stringify(rendered)).toMatch(/^[\x20-\x7e]*$/);
});

test('a paper that the edition does not have is an error', async () => {
  const rendered = await encode(edition([paper(1)]));
  const wanted = personal([{ heading: 'x', items: [item(2)] }]);
  expect(() => composeDigest(rendered, wanted)).toThrow(/paper 2 is not in the edition/);
});
