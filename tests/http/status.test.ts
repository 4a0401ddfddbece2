import { expect, inject, test } from 'vitest';
import { cli } from '../server';

const { url, dataDir, cronSecret } = inject('server');

test('the status page says how each source is and what was imported, and is not cached', async () => {
  const answer = await fetch(`${url}/status`);
  const html = await answer.text();
  expect(answer.status).toBe(200);
  expect(answer.headers.get('cache-control')).toMatch(/no-store/);
  expect(html).toContain('Hugging Face daily papers');
  expect(html).toContain('turned off');
});

test('the front page says that it shows a sample, and leads to how real sources are connected', async () => {
  const front = await (await fetch(url)).text();
  expect(front.replaceAll('<!-- -->', '')).toContain('Sample: 98 papers of one trending page.');
  expect(front).toMatch(/<a [^>]*href="\/status#connect"[^>]*>Connect real sources<\/a>/);
  const status = await (await fetch(`${url}/status`)).text();
  expect(status).toContain('id="connect"');
  expect(status).toContain('npm run cli -- sources on --days 90');
});

test('an import while the server runs shows on the status page', async () => {
  // A paper of the sample, so that the other tests find the catalogue as it was.
  const done = await cli(['import', '-'], { DATA_DIR: dataDir }, '2305.03981\n');
  expect(done).toMatchObject({ code: 0, out: expect.stringMatching(/arxiv-ids: .*1 unchanged/) });
  expect(await (await fetch(`${url}/status`)).text()).toContain('arxiv-ids');
});

test('the jobs leave the network alone while no source is on', async () => {
  const call = async (job: string) => {
    const headers = { authorization: `Bearer ${cronSecret}` };
    const answer = await fetch(`${url}/api/cron/${job}`, { method: 'POST', headers });
    return { status: answer.status, body: await answer.json() };
  };
  expect(await call('ingest')).toMatchObject({ status: 200 });
  expect(await call('enrich')).toMatchObject({ status: 200, body: { skipped: 'no source is on' } });
});
