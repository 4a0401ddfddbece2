import { beforeAll, expect, inject, test } from 'vitest';
import { Browser, signedIn } from './browser';

const { url } = inject('server');
let reader: Browser;
let ids: number[];

const path = (location: string) => location.replace(url, '');
const savedOn = (html: string) =>
  [...html.matchAll(/<li class="paper saved" data-paper="(\d+)"/g)].map(([, id]) => Number(id));
const submit = async (form: Record<string, string> | URLSearchParams) => {
  const answer = await reader.post('/library/submit', form);
  expect(answer.status).toBe(303);
  return answer.headers.get('location')!;
};

beforeAll(async () => {
  reader = await signedIn('shelves@example.org');
  const list = await (await fetch(`${url}/api/v1/papers?q=lora&limit=3`)).json();
  ids = list.papers.map(({ id }: { id: number }) => id);
  for (const id of ids) await reader.post('/marks/submit', { mark: `save:${id}` });
});

test('the library is for whoever is signed in, and never in a cache', async () => {
  for (const page of ['/library', '/library/reading-list', '/library/import', '/library/export']) {
    const answer = await fetch(url + page, { redirect: 'manual' });
    expect([303, 307], page).toContain(answer.status);
    expect(answer.headers.get('location'), page).toMatch(/\/sign-in\?next=/);
  }
  const own = await reader.ask('/library');
  expect(own.headers.get('cache-control')).toMatch(/no-store/);
  expect(savedOn(await own.text()).sort()).toEqual([...ids].sort());
});

test('papers are marked, labelled and moved, the selected ones alone', async () => {
  const both = new URLSearchParams([
    ['do', 'reading'],
    ['paper', String(ids[0])],
    ['paper', String(ids[1])],
  ]);
  await submit(both);
  expect(savedOn(await reader.page('/library?state=reading'))).toHaveLength(2);
  await submit({ do: `read:${ids[0]}`, back: '/library?state=reading' });
  expect(savedOn(await reader.page('/library?state=read'))).toEqual([ids[0]]);
  await submit({ do: 'label', label: 'ch. 3', paper: String(ids[0]) });
  expect(savedOn(await reader.page('/library?label=ch.+3'))).toEqual([ids[0]]);
  const made = await reader.post('/library/shelves/submit', { do: 'make', name: 'Thesis, ch. 3' });
  expect(made.headers.get('location')).toBe('/library/thesis-ch-3?done=shelf');
  await submit({ do: 'to:thesis-ch-3', paper: String(ids[0]) });
  expect(savedOn(await reader.page('/library/thesis-ch-3'))).toEqual([ids[0]]);
  expect(savedOn(await reader.page('/library?q=lora+shelf:thesis-ch-3'))).toEqual([ids[0]]);
  expect(await submit({ do: 'read' })).toMatch(/done=none/);
});

test('a search for in:library leads to the library', async () => {
  const answer = await reader.ask('/search?q=in:library+lora');
  expect(answer.headers.get('location')).toBe('/library?q=in%3Alibrary%20lora');
});

test('a note is kept as it was written, and shown as text', async () => {
  const note = '<b>bold?</b>\nsecond line';
  await reader.post(`/library/papers/${ids[1]}/submit`, {
    note,
    labels: 'one, two',
    state: 'unread',
    shelf: 'reading-list',
  });
  expect(await reader.page('/library?noted=1')).toContain('&lt;b&gt;bold?&lt;/b&gt;');
});

test('nothing is removed before a question', async () => {
  const asked = await submit({ do: 'remove', paper: String(ids[2]) });
  expect(asked).toBe(`/library/remove?paper=${ids[2]}`);
  expect(await reader.page(asked)).toContain('Remove 1 paper?');
  expect(savedOn(await reader.page('/library'))).toContain(ids[2]);
  await reader.post('/library/remove/submit', { paper: String(ids[2]) });
  expect(savedOn(await reader.page('/library'))).not.toContain(ids[2]);
});

test('a shelf is a live file by its secret address, and a page while it is shared', async () => {
  const file = /href="([^"]+library\.bib)"/.exec(await reader.page('/library/thesis-ch-3'))![1]!;
  const bib = await fetch(url + path(file));
  expect(await bib.text()).toMatch(/^@\w+\{/);
  expect(bib.headers.get('cache-control')).toBe('private, no-store');
  const share = (verb: string) =>
    reader.post('/library/shelves/submit', { do: verb, shelf: 'thesis-ch-3' });
  await share('share');
  const html = await reader.page('/library/thesis-ch-3');
  const page = /href="([^"]+\/shelves\/[\w.-]+)"/.exec(html)![1]!;
  const shared = await (await fetch(url + path(page))).text();
  expect(shared).toContain(`data-paper="${ids[0]}"`);
  expect(shared).not.toContain('ch. 3</span>');
  expect((await fetch(`${url}${path(page)}/atom`)).headers.get('content-type')).toMatch(/atom/);
  await share('unshare');
  expect((await fetch(url + path(page))).status).toBe(404);
  await share('renew');
  expect((await fetch(url + path(file))).status).toBe(404);
});

test('papers are imported by id and as BibTeX; what is not here is counted', async () => {
  const all = await (await fetch(`${url}/api/v1/papers?window=all&limit=50`)).json();
  const [one, two] = all.papers.filter(
    ({ id, arxivId }: { id: number; arxivId: string | null }) => arxivId && !ids.includes(id),
  );
  const form = new FormData();
  form.set('shelf', 'Imported');
  form.set('papers', `${one.arxivId} 9901.99999`);
  const post = (body: FormData) =>
    reader.ask('/library/import/submit', {
      method: 'POST',
      headers: { origin: url, 'sec-fetch-site': 'same-origin' },
      body,
    });
  expect((await post(form)).headers.get('location')).toBe('/library/import?added=1&missing=1');
  const bib = new FormData();
  bib.set('shelf', 'imported');
  const padding = `% ${'x'.repeat(150_000)}\n`;
  bib.set(
    'file',
    new File(
      [
        `${padding}@misc{a, title={${two.title}}, eprint={${two.arxivId}}, author={${two.authors[0]}}}`,
      ],
      'a.bib',
    ),
  );
  expect((await post(bib)).headers.get('location')).toBe('/library/import?added=1&missing=0');
  expect(savedOn(await reader.page('/library/imported')).sort()).toEqual([one.id, two.id].sort());
});

test('forms of another site, and readers of another library, change nothing', async () => {
  const forged = await reader.post(
    '/library/submit',
    { do: 'read', paper: String(ids[0]) },
    {
      origin: 'https://evil.example',
      'sec-fetch-site': 'cross-site',
    },
  );
  expect(forged.status).toBe(403);
  const stranger = await signedIn('stranger-shelves@example.org');
  expect((await stranger.ask('/library/thesis-ch-3')).status).toBe(404);
  await stranger.post('/library/remove/submit', { whole: '1', shelf: 'thesis-ch-3' });
  expect(savedOn(await reader.page('/library/thesis-ch-3'))).toEqual([ids[0]]);
  expect((await new Browser().post('/library/submit', { do: 'read' })).status).toBe(303);
});

test('an export has what is on the shelf, in every format', async () => {
  for (const format of ['bib', 'ris', 'csl.json', 'jsonl', 'md']) {
    const answer = await reader.ask(`/library/export?format=${format}&shelf=thesis-ch-3`);
    expect(answer.status, format).toBe(200);
    expect((await answer.text()).length, format).toBeGreaterThan(50);
  }
  expect((await reader.ask('/library/export?format=exe')).status).toBe(400);
});
