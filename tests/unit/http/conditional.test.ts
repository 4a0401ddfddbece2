import { expect, test } from 'vitest';
import { conditional } from '@/lib/http/conditional';

const changedAt = new Date('2025-03-12T10:00:00.700Z');
const ask = (headers: Record<string, string>, body = 'one') =>
  conditional(new Request('https://example.org/', { headers }), {
    body,
    type: 'text/plain',
    changedAt,
    maxAge: 60,
  });
const etag = ask({}).headers.get('etag')!;

test('who knows the body gets 304 and no body', async () => {
  for (const known of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
    const answer = ask({ 'if-none-match': known });
    expect(answer.status).toBe(304);
    expect(await answer.text()).toBe('');
    expect(answer.headers.get('etag')).toBe(etag);
  }
});

test('another body is another ETag', () => {
  expect(ask({ 'if-none-match': etag }, 'two').status).toBe(200);
});

test('If-Modified-Since counts in whole seconds, and only without If-None-Match', () => {
  expect(ask({ 'if-modified-since': changedAt.toUTCString() }).status).toBe(304);
  expect(ask({ 'if-modified-since': 'Wed, 12 Mar 2025 09:59:59 GMT' }).status).toBe(200);
  expect(ask({ 'if-modified-since': 'nonsense' }).status).toBe(200);
  expect(ask({ 'if-none-match': '"x"', 'if-modified-since': changedAt.toUTCString() }).status).toBe(
    200,
  );
});

test('where nothing says when it changed, only its ETag counts: a corrected title is seen', () => {
  const made = (body: string, headers: Record<string, string>) =>
    conditional(new Request('https://example.org/', { headers }), {
      body,
      type: 'text/plain',
      changedAt: null,
      maxAge: 60,
    });
  const known = made('A tytle', {}).headers;
  expect(known.get('last-modified')).toBeNull();
  const again = { 'if-modified-since': new Date(8.64e15).toUTCString() };
  expect(made('A title', again).status).toBe(200);
  expect(made('A title', { 'if-none-match': known.get('etag')! }).status).toBe(200);
  expect(made('A tytle', { 'if-none-match': known.get('etag')! }).status).toBe(304);
});
