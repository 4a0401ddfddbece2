import { Worker } from 'node:worker_threads';
import type { DatabaseTarget } from '@/lib/db/target';
import type { Derive } from '@/lib/sources/ingest';

/** To the thread: papers to be tagged, indexed and ranked. */
export interface DeriveRequest {
  id: number;
  paperIds: readonly number[];
  now: Date;
}

/** From the thread: that these are done, or why not. */
export interface DeriveAnswer {
  id: number;
  error?: Error;
}

/**
 * `derive` in a thread of its own, with its own connections: what is computed from papers takes twice as
 * long as reading and storing them, so an import uses two cores. The thread ends with `close`; until
 * then it keeps the process alive only while it has something to do.
 */
export function deriveApart(target: DatabaseTarget): { derive: Derive; close(): Promise<void> } {
  const waiting = new Map<number, { resolve(): void; reject(error: Error): void }>();
  let last = 0;
  let thread: Worker | undefined;

  function start(): Worker {
    // Node 20 hands no loader of TypeScript on to a thread: the program asks for one itself.
    const worker = new Worker(new URL('./derive-thread.mjs', import.meta.url), {
      workerData: target,
      execArgv: [],
    });
    worker.on('message', ({ id, error }: DeriveAnswer) => {
      const asked = waiting.get(id);
      waiting.delete(id);
      if (waiting.size === 0) worker.unref();
      if (error) asked?.reject(error);
      else asked?.resolve();
    });
    worker.on('error', (error) => {
      for (const asked of waiting.values()) asked.reject(error);
      waiting.clear();
      thread = undefined;
    });
    return worker;
  }

  return {
    derive(paperIds, now) {
      thread ??= start();
      thread.ref();
      const request: DeriveRequest = { id: ++last, paperIds, now };
      return new Promise((resolve, reject) => {
        waiting.set(request.id, { resolve, reject });
        thread!.postMessage(request);
      });
    },
    async close() {
      await thread?.terminate();
    },
  };
}
