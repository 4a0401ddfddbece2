import { setImmediate } from 'node:timers/promises';

/** Longest time in one go, in milliseconds. */
const STEP_MS = 2;

/**
 * Returns a function to be awaited between the steps of a long computation. Every few milliseconds
 * it lets this process answer requests and go on with an open transaction, for which everybody
 * waits on the embedded database.
 */
export function yielding(): () => Promise<void> {
  let end = performance.now() + STEP_MS;
  return async () => {
    if (performance.now() < end) return;
    await setImmediate();
    end = performance.now() + STEP_MS;
  };
}

/** `items.forEach(work)`, in steps of `yielding`. */
export async function forEachYielding<T>(
  items: readonly T[],
  work: (item: T) => void,
): Promise<void> {
  const pause = yielding();
  for (const item of items) {
    work(item);
    await pause();
  }
}
