import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { sawCatalogueVersion } from '@/lib/http/web-process.mjs';
import { AnswerCache } from '@/lib/server/answer-cache.mjs';

afterEach(() => void vi.restoreAllMocks());

test('an answer stands for a minute', async () => {
  sawCatalogueVersion('1');
  const cache = new AnswerCache();
  const asked = { key: 'identity /', version: '1' };
  const began = performance.now();
  const at = async (seconds: number) => {
    vi.spyOn(performance, 'now').mockReturnValue(began + seconds * 1000);
    // The cache looks at the clock once in a millisecond.
    await sleep(5);
  };
  await at(0);
  cache.keep(asked, { headers: { date: 'now', etag: '"1"' }, body: Buffer.from('a') });
  await at(59);
  expect(cache.find(asked)?.headers).toEqual({ etag: '"1"' });
  await at(61);
  expect(cache.find(asked)).toBeUndefined();
});
