import { expect, it } from 'vitest';
import { forEachYielding } from '@/lib/runtime/yielding';

it('forEachYielding keeps the order and lets others run meanwhile', async () => {
  const done: number[] = [];
  const busy = (item: number) => {
    const end = performance.now() + 3;
    while (performance.now() < end);
    done.push(item);
  };
  let others = 0;
  const other = setInterval(() => others++, 0);
  await forEachYielding([1, 2, 3, 4, 5, 6, 7, 8], busy);
  expect(done).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  clearInterval(other);
  expect(others).toBeGreaterThan(0);
});
