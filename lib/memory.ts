import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');

/**
 * Collects garbage now. V8 would rather let the heap grow to several times what is in use; an import
 * that runs for minutes beside a server on a small machine must not.
 */
export const collectGarbage: () => void = runInNewContext('gc');

/** Collects garbage whenever so many more things are done. */
export function collectEvery(things: number): (done: number) => void {
  let collectedAt = 0;
  return (done) => {
    if (done - collectedAt < things) return;
    collectedAt = done;
    collectGarbage();
  };
}
