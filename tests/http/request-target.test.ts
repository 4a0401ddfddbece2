import { connect } from 'node:net';
import { expect, inject, test } from 'vitest';

const { port } = new URL(inject('server').url);

/** Sends a request as it stands, which clients would put in order first; gives the answer. */
function send(line: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), 'localhost', () => {
      socket.write(
        `${line} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
      );
    });
    let answer = '';
    socket.setTimeout(10_000, () => reject(new Error('no answer')));
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('error', reject).on('close', () => resolve(answer));
  });
}

test.each([
  'GET *',
  'GET *^',
  'GET *[',
  'GET *:99999',
  'HEAD *^',
  'POST *[',
  'OPTIONS *[',
  'GET papers/1',
  'GET ?q=a',
  'GET #',
  'GET /%',
  'GET /papers/%ff',
  'GET http:/papers/1',
  'GET http://[/',
  'GET http://a:99999/',
  'GET ftp://example.org/papers/1',
  'GET /a b',
])('%s is refused', async (line) => {
  expect(await send(line)).toMatch(/^HTTP\/1\.1 400 /);
});

test.each([
  '//[',
  '/\\[',
  '/x[',
  '//:99999',
  '/|',
  '/?%',
  '/?%ff',
  '//a:99999/x',
  '///',
  '/..',
  '/#a',
])('GET %s is odd, and gets an answer', async (target) => {
  expect(await send(`GET ${target}`)).toMatch(/^HTTP\/1\.1 (?:200|308|404) /);
});

test('a target with scheme and host, as for a proxy, is its path', async () => {
  expect(await send('GET http://example.org/papers/1')).toMatch(/^HTTP\/1\.1 200 /);
});

test('what the server as a whole can do is told', async () => {
  expect(await send('OPTIONS *')).toMatch(
    /^HTTP\/1\.1 204 [\s\S]*allow: GET, HEAD, POST, PUT, DELETE, OPTIONS/i,
  );
});
