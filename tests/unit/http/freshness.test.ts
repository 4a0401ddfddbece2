import { expect, test } from 'vitest';
import { isFresh } from '@/lib/http/freshness.mjs';

const answered = { etag: 'W/"1"', 'last-modified': 'Mon, 02 Mar 2026 00:00:00 GMT' };

test.each(['"1"', 'W/"1"', '"0", W/"1"', '"a,b","1"', '*'])('%s names it', (ifNoneMatch) => {
  expect(isFresh({ 'if-none-match': ifNoneMatch }, answered)).toBe(true);
});

test.each(['"2"', '1', '', '"*"'])('%s does not', (ifNoneMatch) => {
  expect(isFresh({ 'if-none-match': ifNoneMatch }, answered)).toBe(false);
});

test('an answer without a tag is known by no tag', () => {
  expect(isFresh({ 'if-none-match': '""' }, {})).toBe(false);
});

test.each([
  ['Mon, 02 Mar 2026 00:00:00 GMT', true],
  ['Sun, 01 Mar 2026 23:59:59 GMT', false],
  ['nonsense', false],
])('a copy of %s: %s', (ifModifiedSince, fresh) => {
  expect(isFresh({ 'if-modified-since': ifModifiedSince }, answered)).toBe(fresh);
  expect(isFresh({ 'if-modified-since': ifModifiedSince }, {})).toBe(false);
});

test('a date does not count beside a tag, and nothing asked is nothing known', () => {
  const date = { 'if-modified-since': answered['last-modified'] };
  expect(isFresh({ ...date, 'if-none-match': '"2"' }, answered)).toBe(false);
  expect(isFresh({}, answered)).toBe(false);
});
