import { expect, test } from 'vitest';
import { torture } from '../../torture/torture';
import { onEmbedded, testDatabase, testTarget } from '../database';

const db = await testDatabase();

/** The short form; `npm run torture` is the long one, on a real PostgreSQL. */
test('whatever is killed, refused, dropped or stalled: the books agree, to the message', async () => {
  const result = await torture(db, testTarget(), {
    rounds: 2,
    readers: 20,
    seed: 20261123,
    cutDatabase: !onEmbedded(),
  });
  expect(result.problems).toEqual([]);
  expect(result.deliveries).toBe(40);
  expect(result.kills).toBeGreaterThan(0);
}, 300_000);
