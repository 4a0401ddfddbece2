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

test('an import while the server runs shows on the status page', async () => {
  const page = `Mar 12\n\nA Paper That Nobody Knew\n\n${'We show that it can be done. '.repeat(12)}`;
  const done = await cli(['import', '-'], { DATA_DIR: dataDir, SAMPLE: 'off' }, page);
  expect(done).toMatchObject({ code: 0 });
  expect(done.out).toMatch(/listing: \d new, \d updated, \d unchanged, 0 rejected/);
  expect(await (await fetch(`${url}/status`)).text()).toContain('listing');
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
