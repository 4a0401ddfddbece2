import { expect, inject, test } from 'vitest';

test('health tells version, kind of database and migrations', async () => {
  const response = await fetch(`${inject('server').url}/api/health`);
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({
    status: 'ok',
    version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    database: { kind: 'embedded', version: expect.stringContaining('PostgreSQL') },
    migrations: { applied: expect.any(Number), last: expect.any(String) },
  });
});
