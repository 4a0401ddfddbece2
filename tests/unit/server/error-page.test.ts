import { createServer, type RequestListener } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { notFoundPage, withErrorPage } from '@/lib/server/error-page.mjs';

let stop = () => {};
afterEach(() => stop());

async function answer(listener: RequestListener): Promise<Response> {
  const server = createServer((request, response) => {
    withErrorPage(response, notFoundPage('<p>Nothing here</p><script>1</script>'));
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stop = () => server.close();
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return fetch(`http://127.0.0.1:${address.port}`);
}

test.each<[string, RequestListener]>([
  [
    'in one piece',
    (_, response) => {
      response.statusCode = 500;
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end('<script>blank()</script>');
    },
  ],
  [
    'compressed',
    (_, response) => {
      response.statusCode = 500;
      response.setHeader('content-type', 'text/html');
      response.setHeader('content-encoding', 'gzip');
      response.write(gzipSync('<script>'));
      response.end(gzipSync('blank()</script>'));
    },
  ],
])('an error page sent %s is replaced', async (_, listener) => {
  const response = await answer(listener);
  expect(response.status).toBeGreaterThanOrEqual(500);
  const text = await response.text();
  expect(text).toContain('<h1>This page could not be made</h1>');
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(response.headers.get('cache-control')).toBe('no-store');
});

test.each([
  [200, 'text/html'],
  [404, 'application/problem+json'],
  [500, 'application/problem+json'],
  [500, 'text/plain'],
])('%i as %s is left as it is', async (status, type) => {
  const response = await answer((_, response) => {
    response.writeHead(status, { 'content-type': type });
    response.write('as ');
    response.end('it is');
  });
  expect(response.status).toBe(status);
  expect(response.headers.get('content-type')).toBe(type);
  expect(await response.text()).toBe('as it is');
});

test('an empty answer to an error, as the API gives it, becomes a problem document', async () => {
  const response = await answer((_, response) => {
    response.statusCode = 500;
    response.end();
  });
  expect(response.status).toBe(500);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect((await response.json()).detail).toContain('try again');
});

test('a page that does not exist says so without a script, under a policy that fits it', async () => {
  const response = await answer((_, response) => {
    response.statusCode = 404;
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end('<script>blank()</script>');
  });
  expect(response.status).toBe(404);
  expect(await response.text()).toBe('<p>Nothing here</p><script>1</script>');
  expect(response.headers.get('content-security-policy')).toMatch(/script-src 'self' 'sha256-/);
});
