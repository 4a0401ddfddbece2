import { expect, test } from 'vitest';
import { isKept } from '@/lib/server/page-cache.mjs';

test.each([
  '/',
  '/new/month',
  '/top/2025-03',
  '/2025-w11',
  '/tags/peft',
  '/tags/lora%2Bpeft/top/week',
  '/category/cs.CL/new',
  '/code',
  '/papers/12',
  '/about/ranking',
])('%s is kept', (path) => {
  expect(isKept(path, 200)).toBe(true);
});

test.each([
  '/tags/peft/2025-03-12',
  '/category/cs.CL/2025-w11',
  '/code/top/2025-03',
  '/tags/peft/category/cs.CL',
  '/tags/peft/code',
  '/category/cs.CL/code',
  '/tags/a%2Bb%2Bc',
  '/tags/peft/without/lora',
  '/new/after/abc',
])('%s, one of combinations without number, is not kept', (path) => {
  expect(isKept(path, 200)).toBe(false);
});

test('what is not found is not kept, but for the page that says so', () => {
  expect(isKept('/tags/peft', 404)).toBe(false);
  expect(isKept('/_not-found', 404)).toBe(true);
});
