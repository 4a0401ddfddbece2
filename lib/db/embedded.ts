import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { ownDataFolder } from '../runtime/data-folder';
import { embeddedLocation } from './location';
import { type LockHolder, lockHolder } from './lock';
import { clientConfig } from './target';

export type EmbeddedMessage = { kind: 'ready' } | { kind: 'taken'; holder: LockHolder };

/** The data folder is open in another process. */
export class DataDirTaken extends Error {
  override name = 'DataDirTaken';
  constructor(
    dataDir: string,
    readonly holder: LockHolder,
  ) {
    super(
      `The data folder ${dataDir} is taken by process ${holder.pid} (${holder.purpose}). ` +
        'Stop that one, or set DATA_DIR to another folder.',
    );
  }
}

export interface EmbeddedDatabase {
  /** Resolves when the process has ended, expected or not. */
  exited: Promise<void>;
  /** Lets clients finish what is under way, writes everything out and ends the process. */
  stop(): Promise<void>;
  /** Gives it up: it ends by itself when its last client has left. */
  leave(): void;
  /** Ends the process at once; what was committed is safe. */
  kill(): void;
}

const RUN = fileURLToPath(new URL('../../lib/bundle/run.mjs', import.meta.url));

/**
 * Starts the embedded database of a data folder and waits until it is ready. Throws `DataDirTaken` if
 * another process has the folder open. `purpose` tells later processes what holds it.
 */
export async function startEmbedded(dataDir: string, purpose: string): Promise<EmbeddedDatabase> {
  // Here too, so that what is wrong with it is told in one line.
  ownDataFolder(dataDir);
  const child = spawn(process.execPath, [RUN, 'embedded', dataDir, purpose], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // In a process group of its own, so that Ctrl-C reaches the owner alone, which stops things in order.
    detached: true,
  });
  let complaint = '';
  child.stderr?.on('data', (chunk) => {
    complaint = (complaint + chunk).slice(-4_000);
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const first = await new Promise<EmbeddedMessage>((resolve, reject) => {
    child.once('message', (message) => resolve(message as EmbeddedMessage));
    child.once('error', reject);
    child.once('exit', (code) =>
      reject(new Error(`The embedded database did not start (exit code ${code}).\n${complaint}`)),
    );
  });
  if (first.kind === 'taken') throw new DataDirTaken(dataDir, first.holder);
  return {
    exited,
    stop: () => stopChild(child, exited),
    leave: () => leaveChild(child),
    kill: () => child.kill('SIGKILL'),
  };
}

function leaveChild(child: ChildProcess): void {
  child.disconnect();
  child.stderr?.destroy();
  child.unref();
}

async function stopChild(child: ChildProcess, exited: Promise<void>): Promise<void> {
  child.kill('SIGTERM');
  // Whoever sent us a SIGTERM waits ten seconds, and the web server may have had five of them.
  const late = setTimeout(() => child.kill('SIGKILL'), 4_000);
  await exited;
  clearTimeout(late);
}

/**
 * For commands: uses the embedded database that is running, or starts one that ends by itself when its
 * last client has left.
 */
export async function joinEmbedded(dataDir: string, purpose: string): Promise<void> {
  const place = embeddedLocation(dataDir);
  for (let attempt = 0; ; attempt++) {
    if (lockHolder(place.lock) && existsSync(place.socket) && (await answers(dataDir, 10_000)))
      return;
    try {
      (await startEmbedded(dataDir, purpose)).leave();
      return;
    } catch (error) {
      // Another process is starting or stopping it at this moment: look again.
      if (!(error instanceof DataDirTaken) || attempt >= 40) throw error;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}

/** Whether the database of a data folder answers `select 1` within `milliseconds`. */
export async function answers(dataDir: string, milliseconds: number): Promise<boolean> {
  const client = new pg.Client({
    ...clientConfig({ dataDir }),
    connectionTimeoutMillis: milliseconds,
    query_timeout: milliseconds,
  });
  // The socket may break after the answer. That does not matter here.
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    client.end().catch(() => {});
  }
}
