import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { startServer } from '../server';

const FAST_CLOCK = fileURLToPath(new URL('./fast-clock.mjs', import.meta.url));
/** In the server's time. */
const minutes = (count: number) => sleep(count * 1000);

test('a page stands as long as it may, is then shown while a new one is made, and ends in time', async () => {
  const server = await startServer({ NODE_OPTIONS: `--import=${FAST_CLOCK}` });
  const state = async (path: string) => {
    const { headers } = await fetch(server.url + path);
    return headers.get('x-nextjs-cache');
  };
  try {
    for (const path of ['/', '/papers/1', '/cards/papers/1']) await state(path);
    await minutes(4);
    expect(await state('/')).not.toMatch(/HIT|STALE/);
    expect(await state('/papers/1')).toBe('HIT');
    expect(await state('/cards/papers/1')).toBe('HIT');
    await minutes(13);
    expect(await state('/papers/1')).toBe('STALE');
    await minutes(2);
    expect(await state('/papers/1')).toBe('HIT');
  } finally {
    await server.stop();
  }
}, 180_000);
