import { setTimeout as sleep } from 'node:timers/promises';
import { answers, DataDirTaken, type EmbeddedDatabase, startEmbedded } from '../db/embedded';
import { isAlive } from '../db/lock';

/** What the lock says of a database that a server owns, as against one that a command opened. */
const PURPOSE = 'npm start';

const PROBE_EVERY_MS = 10_000;
/** Long work inside the database (an index, a big import batch) is silence too: be slow to judge. */
const PROBE_TIMEOUT_MS = 60_000;
const PROBES_BEFORE_RESTART = 2;

export interface GuardedDatabase {
  stop(): Promise<void>;
}

/**
 * The embedded database under a watchdog: it is started again when its process ends or when it falls
 * silent, which is how it fails. Clients reconnect by themselves.
 */
export async function guardDatabase(
  dataDir: string,
  say: (line: string) => void,
): Promise<GuardedDatabase> {
  let current = await startPatiently(dataDir);
  let stopping = false;
  const ended = new AbortController();

  const guard = async () => {
    while (!stopping) {
      const why = await failure(current, dataDir, ended.signal);
      if (stopping) return;
      say(`The database ${why}; starting it again.`);
      current.kill();
      await current.exited;
      current = await startAgain(dataDir, say);
    }
  };
  const guarding = guard();

  return {
    async stop() {
      stopping = true;
      ended.abort();
      await guarding;
      await current.stop();
    },
  };
}

/**
 * A command may just be letting go of the folder, or the database of a server that was killed: they
 * are given some seconds.
 */
async function startPatiently(dataDir: string): Promise<EmbeddedDatabase> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await startEmbedded(dataDir, PURPOSE);
    } catch (error) {
      const isLeaving =
        error instanceof DataDirTaken &&
        (error.holder.purpose !== PURPOSE || !isAlive(error.holder.owner));
      if (!isLeaving || attempt >= 20) throw error;
      await sleep(500);
    }
  }
}

async function startAgain(dataDir: string, say: (line: string) => void): Promise<EmbeddedDatabase> {
  for (let wait = 1_000; ; wait = Math.min(wait * 2, 60_000)) {
    try {
      return await startEmbedded(dataDir, PURPOSE);
    } catch (error) {
      say(
        `The database did not start: ${(error as Error).message} Trying again in ${wait / 1000} s.`,
      );
      await sleep(wait);
    }
  }
}

/** Resolves with what is wrong, once something is. */
async function failure(
  database: EmbeddedDatabase,
  dataDir: string,
  stopped: AbortSignal,
): Promise<string> {
  const exited = database.exited.then(() => 'ended');
  const aborted = new Promise<string>((resolve) =>
    stopped.addEventListener('abort', () => resolve('is stopped'), { once: true }),
  );
  const silent = async () => {
    for (let misses = 0; misses < PROBES_BEFORE_RESTART; ) {
      await sleep(PROBE_EVERY_MS, null, { signal: stopped, ref: false });
      misses = (await answers(dataDir, PROBE_TIMEOUT_MS)) ? 0 : misses + 1;
    }
    return 'does not answer';
  };
  return Promise.race([exited, aborted, silent().catch(() => 'is stopped')]);
}
