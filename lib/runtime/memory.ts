import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');

/**
 * Collects garbage now. V8 would rather let the heap grow to several times what is in use; a command
 * that runs for minutes beside a server on a small machine must not.
 */
const collectGarbage: () => void = runInNewContext('gc');

/** Resident memory, in bytes, from which on an import collects garbage: a batch later it has less than 300 MB. */
const LARGE = 262e6;
/** What a collection is worth its time for. */
const WORTHWHILE = 12e6;

let afterLast = 0;

/** Collects garbage where the process has become large, and has some. */
export function collectWhenLarge(): void {
  if (process.memoryUsage.rss() <= LARGE) return;
  if (getHeapStatistics().used_heap_size - afterLast < WORTHWHILE) return;
  collectGarbage();
  afterLast = getHeapStatistics().used_heap_size;
}

/** Collects garbage whenever so many more things are done. */
export function collectEvery(things: number): (done: number) => void {
  let collectedAt = 0;
  return (done) => {
    if (done - collectedAt < things) return;
    collectedAt = done;
    collectGarbage();
  };
}
