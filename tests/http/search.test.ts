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
  expect(html).toContain('aria-label="Remove -survey"');
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

test('a misspelt word gets a suggestion', async () => {
  expect(await search('reinforcemnt')).toMatch(/Did you mean(.|\n)*reinforcement/);
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
