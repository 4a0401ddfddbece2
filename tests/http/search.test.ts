import { expect, inject, test } from 'vitest';

const { url } = inject('server');
const get = (path: string) => fetch(`${url}${path}`, { redirect: 'manual' });
const search = async (query: string) =>
  (await get(`/search?q=${encodeURIComponent(query)}`)).text();
const papersOn = (html: string) =>
  [...html.matchAll(/<li class="paper" data-paper="(\d+)"/g)].map((m) => m[1]);

test('the search page finds papers and shows where they matched, without a script', async () => {
  const html = await search('pre-training -survey');
  expect(papersOn(html).length).toBeGreaterThan(0);
  expect(html).toMatch(/<mark>pre-?training<\/mark>/i);
  expect(html).toContain('aria-label="Remove “not survey”"');
});

test('an empty search gives tips', async () => {
  expect(await search('')).toContain('Search tips');
});

test('a pasted arXiv address leads to the paper', async () => {
  const { papers } = await (await get('/api/v1/papers?window=all')).json();
  // Other tests bring papers that are on no arXiv.
  const paper = papers.find(({ arxivId }: { arxivId: string | null }) => arxivId);
  const query = encodeURIComponent(`https://arxiv.org/abs/${paper.arxivId}v2`);
  const answer = await get(`/search?q=${query}`);
  expect(answer.status).toBe(307);
  expect(answer.headers.get('location')).toBe(`/papers/${paper.id}`);
});

test('what was not understood is said, and the rest still searches', async () => {
  const html = await search('language foo:bar after:yesterday');
  expect(html).toContain('There is no field “foo:”');
  expect(html).toContain('wants a date');
  expect(papersOn(html).length).toBeGreaterThan(0);
});

test('a misspelt word shows the papers of its correction, and the way back', async () => {
  const html = await search('reinforcemnt');
  expect(html).toMatch(/Results for <strong>reinforcement<\/strong>/);
  expect(html).toContain('href="/search?q=%2Breinforcemnt"');
  expect(papersOn(html).length).toBeGreaterThan(0);
  expect(papersOn(await search('+reinforcemnt'))).toEqual([]);
  const answer = await (await get('/api/v1/papers?q=reinforcemnt')).json();
  expect(answer.messages.join()).toMatch(/Results for reinforcement\./);
});

test('every example of the tips finds papers of the sample', async () => {
  const tips = (await search('')).match(/<dl(.|\n)*<\/dl>/)![0];
  const examples = [...tips.matchAll(/href="(\/search[^"]*)"/g)].map((m) => m[1]!);
  expect(examples.length).toBeGreaterThan(10);
  for (const path of examples) {
    const answer = await get(path.replaceAll('&amp;', '&'));
    const found = answer.status === 307 || papersOn(await answer.text()).length > 0;
    expect(found, path).toBe(true);
  }
});

test('looser matches stand under a line of their own, and page and API count both', async () => {
  const html = await search('"language models" catastrophic');
  expect(html).toMatch(/<b>\d+ papers?<\/b>, and [\d,]+\+? looser match/);
  expect(html).toMatch(/These papers have some of it\./);
  const query = encodeURIComponent('"language models" catastrophic');
  const { papers, whole, total } = await (await get(`/api/v1/papers?q=${query}`)).json();
  expect(total.looser.count).toBeGreaterThan(0);
  expect(papers.length).toBeGreaterThan(whole);
  expect(await search('"catastrophic models"')).toContain('No paper has this phrase.');
});

test('a search for the name of a tag offers the tag', async () => {
  expect(await search('PEFT')).toContain('href="/tags/peft"');
  expect(await search('parameter-efficient fine-tuning')).toMatch(/Looking for the tag\?/);
});

test('there is one search box, with the search in it, and a way to follow it by mail and as a feed', async () => {
  const html = await search('pre-training tag:peft');
  expect(html.match(/<input [^>]*name="q"/g)).toHaveLength(1);
  expect(html).toMatch(/<input [^>]*name="q"[^>]*value="pre-training tag:peft"/);
  const query = encodeURIComponent('pre-training tag:peft');
  expect(html).toContain(`href="/feeds/atom/search?q=${query}"`);
  expect(html).toMatch(/href="\/subscribe\?search=pre-training\+tag%3Apeft"/);
  expect((await get(`/feeds/atom/search?q=${query}`)).status).toBe(200);
});

test('tags, fields, years and code narrow a search down, and each leaves as many papers as it says', async () => {
  const html = await search('language models');
  const chips = [
    ...html.matchAll(
      /<a href="([^"]+)"[^>]* class="chip">[^<]+(?:<!-- -->)? ?<span class="n">(\d+)/g,
    ),
  ];
  expect(chips.length).toBeGreaterThan(2);
  for (const [, href, count] of chips) {
    const found = await (await get(href!.replaceAll('&amp;', '&'))).text();
    expect(found, href).toMatch(new RegExp(`<b>${count} papers?</b>`));
  }
  expect(html).toMatch(/aria-label="Leave out [^"]+"/);
});

test('completions answer while somebody types', async () => {
  const answer = await get('/api/v1/completions?q=continual');
  expect(answer.status).toBe(200);
  const { completions } = await answer.json();
  expect(completions.map((c: { text: string }) => c.text)).toContain('Continual pre-training');
  expect((await get('/api/v1/completions')).status).toBe(400);
});

test('a paper page names papers like it', async () => {
  const { papers } = await (await get('/api/v1/papers?q=pre-training&limit=1')).json();
  const html = await (await get(`/papers/${papers[0].id}`)).text();
  expect(html).toContain('More like this');
});

test('hostile searches are answered with 200 or 400', async () => {
  const odd = [
    "'",
    '"',
    '\\',
    '\0',
    '💥',
    '<->',
    ':*',
    '(',
    '%',
    '$1',
    "';--",
    '\u202e',
    'tag:',
    '*',
  ];
  for (const a of odd) {
    for (const b of [...odd.slice(0, 4), 'x'.repeat(7_000)]) {
      const query = encodeURIComponent(`${a} lora${b}${a}`);
      for (const path of [
        `/search?q=${query}`,
        `/api/v1/papers?q=${query}`,
        `/api/v1/completions?q=${query}`,
      ]) {
        expect([200, 307, 400], path.slice(0, 80)).toContain((await get(path)).status);
      }
    }
  }
});
