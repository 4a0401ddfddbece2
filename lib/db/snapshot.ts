import { constants, type Dirent } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { startEmbedded } from './embedded';
import { embeddedLocation } from './location';
import { isAlive } from './lock';
import { type Db, sql } from './sql';
import type { DatabaseTarget } from './target';

/** A copy of an embedded database, as of one moment between `from` and `to`. */
export interface Snapshot {
  target: DatabaseTarget;
  from: Date;
  to: Date;
  /** Ends it and removes its files. */
  close(): Promise<void>;
}

/** Before a snapshot: the copy has to replay all that was written since the last one, up to a gigabyte. */
export async function checkpoint(db: Db): Promise<void> {
  await db.$executeRaw(sql`checkpoint`);
}

const NAME = /^snapshot-(\d+)$/;
const ATTEMPTS = 5;

/**
 * Copies the files of an embedded database while it runs, and opens the copy: nobody waits, as one would
 * for a long transaction. The copy is what a crash at its last moment would have left, so PostgreSQL's
 * recovery makes it whole.
 */
export async function takeSnapshot(dataDir: string): Promise<Snapshot> {
  await removeForgotten(dataDir);
  const own = join(dataDir, `snapshot-${process.pid}`);
  try {
    const { from, to } = await copyDatabase(dataDir, own);
    const running = await startEmbedded(own, 'a backup');
    return {
      target: { dataDir: own },
      from,
      to,
      async close() {
        await running.stop();
        await remove(own);
      },
    };
  } catch (error) {
    await remove(own);
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    throw new Error(`A backup needs as much room in ${dataDir} as the database has there.`);
  }
}

async function copyDatabase(dataDir: string, to: string): Promise<{ from: Date; to: Date }> {
  const source = embeddedLocation(dataDir).folder;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const from = new Date();
    const copy = embeddedLocation(to).folder;
    const began = await readFile(control(source));
    await copyFolder(source, copy, (name) => name !== 'pg_wal');
    // What the files lack stands in the log, which is written before them.
    await copyFolder(join(source, 'pg_wal'), join(copy, 'pg_wal'));
    // A checkpoint in between: the log that was copied need not reach back to the first file.
    if (began.equals(await readFile(control(source)))) return { from, to: new Date() };
    await remove(to);
  }
  throw new Error('The database was started again and again while it was copied. Try again.');
}

/** Where PostgreSQL keeps its last checkpoint. */
const control = (folder: string) => join(folder, 'global', 'pg_control');

async function copyFolder(
  from: string,
  to: string,
  isWanted = (_name: string) => true,
): Promise<void> {
  await mkdir(to, { recursive: true, mode: 0o700 });
  for (const entry of await entriesOf(from)) {
    if (!isWanted(entry.name)) continue;
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await copyFolder(source, target);
    else if (entry.isFile()) await unlessGone(copyFile(source, target, constants.COPYFILE_FICLONE));
  }
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  return (await unlessGone(readdir(folder, { withFileTypes: true }))) ?? [];
}

/** A file that was removed meanwhile is missed by nobody: the log says so too. */
async function unlessGone<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Of backups that were killed. */
async function removeForgotten(dataDir: string): Promise<void> {
  for (const { name } of await entriesOf(dataDir)) {
    const [, pid] = NAME.exec(name) ?? [];
    if (pid !== undefined && (Number(pid) === process.pid || !isAlive(Number(pid)))) {
      await remove(join(dataDir, name));
    }
  }
}

async function remove(dataDir: string): Promise<void> {
  await rm(embeddedLocation(dataDir).socketDir, { recursive: true, force: true });
  await rm(dataDir, { recursive: true, force: true });
}
