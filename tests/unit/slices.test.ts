import { expect, it } from 'vitest';
import { mapInSlices } from '@/lib/slices';

it('mapInSlices keeps the order and lets others run meanwhile', async () => {
  const busy = (item: number) => {
    const end = performance.now() + 3;
    while (performance.now() < end);
    return item * 2;
  };
  let others = 0;
  const other = setInterval(() => others++, 0);
  expect(await mapInSlices([1, 2, 3, 4, 5, 6, 7, 8], busy)).toEqual([2, 4, 6, 8, 10, 12, 14, 16]);
  clearInterval(other);
  expect(others).toBeGreaterThan(0);
});
