import { expect, test } from 'vitest';
import { field, readForm } from '@/lib/http/form';

const post = (body: Record<string, string>) =>
  readForm(
    new Request('https://example.org/', { method: 'POST', body: new URLSearchParams(body) }),
  );

test('a form with a token that cannot be ours is refused, and the token is not sent back', async () => {
  const answer = await post({ token: 'x'.repeat(501) });
  if (!(answer instanceof Response)) throw new Error('it was taken');
  expect(answer.status).toBe(400);
  expect(await answer.text()).not.toContain('xxx');
});

test('a token as long as ours are, and other fields as long as they like, are taken', async () => {
  const form = await post({ token: 'x'.repeat(240), note: 'x'.repeat(9_000) });
  if (form instanceof Response) throw new Error('it was refused');
  expect(field(form, 'token')).toHaveLength(240);
});
