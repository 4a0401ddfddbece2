/** The program of the thread that `deriveApart` starts. */
import { parentPort, workerData } from 'node:worker_threads';
import { PlainDb } from '@/lib/db/plain';
import { collectWhenLarge } from '@/lib/memory';
import { derive } from '@/lib/sources/derive';
import type { DeriveAnswer, DeriveRequest } from '@/lib/sources/derive-apart';

const db = new PlainDb(workerData);

parentPort!.on('message', async ({ id, paperIds, now }: DeriveRequest) => {
  const answer: DeriveAnswer = { id };
  try {
    await derive(db, paperIds, now);
  } catch (error) {
    answer.error = error instanceof Error ? error : new Error(String(error));
  }
  parentPort!.postMessage(answer);
  collectWhenLarge();
});
