import { setImmediate } from 'node:timers/promises';

/** Longest time in one go, in milliseconds. */
const STEP_MS = 2;

/**
 * Gives a function to be awaited between the steps of a long computation: every few milliseconds it
 * lets this process do other things. A request is answered, and an open transaction (on the embedded
 * database everybody waits for it) goes on.
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
