import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { acceptsGzip, gzipInto, isCompressible } from '@/lib/server/gzip.mjs';

test.each([
  ['gzip', true],
  ['gzip, deflate, br, zstd', true],
  ['br;q=1, gzip;q=0.5', true],
  ['gzip;q=0', false],
  ['gzip; q=0.0, br', false],
  ['br', false],
  ['', false],
  [undefined, false],
])('%s accepts gzip: %s', (accepted, accepts) => {
  expect(acceptsGzip({ 'accept-encoding': accepted })).toBe(accepts);
});

test.each([
  'text/html; charset=utf-8',
  'text/x-component',
  'application/json',
  'application/atom+xml; charset=utf-8',
  'application/feed+json',
  'application/javascript; charset=UTF-8',
  'image/svg+xml',
])('%s is compressed', (type) => {
  expect(isCompressible(type)).toBe(true);
});

test.each(['image/png', 'font/woff2', 'application/octet-stream', ''])('%s is not', (type) => {
  expect(isCompressible(type)).toBe(false);
});

test('a compressor ends with its answer, and an answer with its compressor', () => {
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  const sink = { write: () => true, end: () => {} };
  const gzip = gzipInto(response, sink);
  gzip.emit('error', new Error('broken'));
  expect(response.destroyed).toBe(true);
  response.emit('close');
  expect(gzip.destroyed).toBe(true);
});
