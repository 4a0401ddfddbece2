import { expect, inject, test } from 'vitest';

const { url, cronSecret } = inject('server');
const cron = (job: string, authorization?: string, method = 'POST') =>
  fetch(`${url}/api/cron/${job}`, {
    method,
    headers: authorization === undefined ? {} : { authorization },
  });

test.each([undefined, '', 'Bearer', 'Bearer ', 'Bearer wrong', 'Basic abc'])(
  'a cron call with Authorization %j is refused',
  async (authorization) => {
    const response = await cron('cleanup', authorization);
    expect(response.status).toBe(401);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
  },
);

test.each(['GET', 'POST'])(
  '%s with the secret runs the job and answers with counts',
  async (method) => {
    const response = await cron('cleanup', `Bearer ${cronSecret}`, method);
    expect(response.status).toBe(200);
    expect(await response.json()).toHaveProperty('limitsForgotten');
  },
);

test('an unknown job is named, with those that there are', async () => {
  const response = await cron('knit', `Bearer ${cronSecret}`);
  expect(response.status).toBe(404);
  expect((await response.json()).detail).toContain('cleanup');
});
