import { expect, inject, test } from 'vitest';
import { listAnswer, paperSchema, tagsAnswer } from '@/lib/api/papers';

const api = (path: string, init?: RequestInit) =>
  fetch(`${inject('server').url}/api/v1${path}`, init);
const json = async (path: string) => (await api(path)).json();

test('lists papers as described, each with its tags and links', async () => {
  const answer = listAnswer.parse(await json('/papers?window=all&limit=100'));
  expect(answer.papers.length).toBeGreaterThanOrEqual(98);
  const paper = answer.papers.find(({ arxivId }) => arxivId === '2111.09543');
  expect(paper).toMatchObject({
    title: expect.stringContaining('DeBERTaV3'),
    authors: ['Pengcheng He', 'Jianfeng Gao', 'Weizhu Chen'],
    publishedAt: '2021-11-18T00:00:00.000Z',
    links: {
      arxiv: 'https://arxiv.org/abs/2111.09543',
      code: 'https://github.com/microsoft/DeBERTa',
    },
  });
});

test('never widens a window, and looks at this week unless asked otherwise', async () => {
  const { papers } = listAnswer.parse(await json('/papers'));
  const weekAgo = Date.now() - 9 * 86_400_000;
  expect(papers.filter(({ feedAt }) => Date.parse(feedAt) < weekAgo)).toEqual([]);
  expect((await json('/papers?window=day')).papers.length).toBeLessThanOrEqual(papers.length);
});

test('several tags mean all of them', async () => {
  const { papers } = listAnswer.parse(await json('/papers?window=all&tag=peft&tag=fine-tuning'));
  expect(papers.length).toBeGreaterThan(0);
  for (const paper of papers) {
    expect(paper.tags.map(({ slug }) => slug)).toEqual(
      expect.arrayContaining(['peft', 'fine-tuning']),
    );
  }
});

test('reads on by `next` to every paper once', async () => {
  for (const sort of ['trending', 'new', 'top']) {
    const seen: number[] = [];
    for (let after = ''; ; ) {
      const page = listAnswer.parse(await json(`/papers?window=all&sort=${sort}&limit=7${after}`));
      seen.push(...page.papers.map(({ id }) => id));
      if (!page.next) break;
      after = `&after=${encodeURIComponent(page.next)}`;
    }
    expect(seen.length).toBeGreaterThanOrEqual(98);
    expect(new Set(seen).size).toBe(seen.length);
  }
});

test('a search finds by words, within tags and window, and reads on', async () => {
  const found = listAnswer.parse(await json('/papers?q=low-rank+adaptation&limit=5'));
  expect(found.papers[0]?.abstract.toLowerCase()).toMatch(/low-rank|lora/);
  expect(found.papers.length).toBe(5);
  const after = encodeURIComponent(found.next!);
  const more = listAnswer.parse(await json(`/papers?q=low-rank+adaptation&limit=5&after=${after}`));
  const ids = [...found.papers, ...more.papers].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const tagged = listAnswer.parse(await json('/papers?q=low-rank+adaptation&tag=lora'));
  expect(tagged.papers.length).toBeGreaterThan(0);
  for (const { tags } of tagged.papers) expect(tags.map(({ slug }) => slug)).toContain('lora');
});

test('what of a search was not understood is said', async () => {
  const { messages } = listAnswer.parse(await json('/papers?q=lora+cat%3A%3F%3F'));
  expect(messages?.length).toBeGreaterThan(0);
});

test('one paper, by its number or its arXiv id', async () => {
  const { papers } = listAnswer.parse(await json('/papers?window=all&limit=10'));
  const paper = papers.find(({ arxivId }) => arxivId);
  expect(paperSchema.parse(await json(`/papers/${paper!.id}`))).toEqual(paper);
  expect(await json(`/papers/${paper!.arxivId}v1`)).toEqual(paper);
});

test('counts the papers of each tag', async () => {
  const tags = tagsAnswer.parse(await json('/tags'));
  const peft = tags.find(({ slug }) => slug === 'peft');
  expect(peft).toMatchObject({ name: 'PEFT', broader: 'fine-tuning' });
  const { papers } = listAnswer.parse(await json('/papers?window=all&limit=100&tag=peft'));
  expect(peft?.count).toBe(papers.length);
});

test('a filter means the same to the list and to the counts of tags', async () => {
  for (const filter of [
    'window=all',
    'window=all&tag=fine-tuning&without=peft',
    'window=all&category=cs.cl&code=true',
    'window=week&code=1',
  ]) {
    const { papers } = listAnswer.parse(await json(`/papers?limit=100&${filter}`));
    for (const { slug, count } of tagsAnswer.parse(await json(`/tags?${filter}`))) {
      const tagged = papers.filter(({ tags }) => tags.some((tag) => tag.slug === slug));
      expect(count, `${slug} of ${filter}`).toBe(tagged.length);
    }
  }
  const { papers } = listAnswer.parse(
    await json(
      '/papers?window=all&limit=100&tag=fine-tuning&without=peft&category=cs.CL&code=true',
    ),
  );
  expect(papers.length).toBeGreaterThan(0);
  for (const paper of papers) {
    expect(paper.categories).toContain('cs.CL');
    expect(paper.links.code).not.toBeNull();
    expect(paper.tags.map(({ slug }) => slug)).not.toContain('peft');
  }
  const found = listAnswer.parse(
    await json(
      '/papers?q=language&limit=100&tag=fine-tuning&without=peft&category=cs.CL&code=true',
    ),
  );
  expect(papers.map(({ id }) => id)).toEqual(
    expect.arrayContaining(found.papers.map(({ id }) => id)),
  );
});

test.each([
  ['limit=0', 'limit'],
  ['limit=101', 'limit'],
  ['limit=ten', 'limit'],
  ['limit=1&limit=2', 'limit'],
  ['window=fortnight', 'window'],
  ['sort=best', 'sort'],
  ['sort=relevance', 'sort'],
  ['tag=no-such-tag', 'tag'],
  ['tag=%27%3B--', 'tag'],
  ['tag=a&tag=b&tag=c&tag=d&tag=e&tag=f', 'tag'],
  ['without=no-such-tag', 'without'],
  ['tag=peft&without=peft', 'without'],
  ['category=;', 'category'],
  ['code=maybe', 'code'],
  ['after=x', 'after'],
  ['q=', 'q'],
  ['page=2', 'page'],
])('?%s is a bad parameter, and the answer names it', async (query, parameter) => {
  const response = await api(`/papers?${query}`);
  expect(response.status).toBe(400);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  const body = await response.json();
  expect(body).toMatchObject({ status: 400, parameter });
  expect(body.detail).toContain(`"${parameter}"`);
});

test.each(['/papers/0', '/papers/99999999', '/papers/nonsense', '/papers/9999.99999'])(
  '%s is not found, as a problem',
  async (path) => {
    const response = await api(path);
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
  },
);

test('answers with 304 where the client has the body already', async () => {
  const etag = (await api('/tags')).headers.get('etag')!;
  const again = await api('/tags', { headers: { 'if-none-match': etag } });
  expect(again.status).toBe(304);
});

test('an address that the API does not have gets a problem document, whatever the method', async () => {
  for (const method of ['GET', 'POST']) {
    const answer = await api('/paper', { method });
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect((await answer.json()).detail).toContain('/about/api');
  }
});
