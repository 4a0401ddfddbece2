import { accessSync, chmodSync, constants, mkdirSync, type Stats, statSync } from 'node:fs';

/** Everything in it is the readers': addresses, mails, secrets. */
const OWNER_ONLY = 0o700;
const STICKY = 0o1000;

/**
 * Makes the data folder, or closes one that others could look into. Throws with what to do where it is
 * no folder for us.
 */
export function ownDataFolder(dataDir: string): void {
  const say = (problem: string) => new Error(`DATA_DIR ${dataDir} ${problem}`);
  let stats: Stats;
  try {
    mkdirSync(dataDir, { recursive: true, mode: OWNER_ONLY });
    stats = statSync(dataDir);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' || code === 'ENOTDIR') throw say('is no folder. Name another one.');
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
      throw say(
        `cannot be made by this user (${code}). Make it, and give it to the user that runs this.`,
      );
    }
    throw error;
  }
  if (stats.mode & STICKY)
    throw say('is shared by all users. Name a folder of its own inside of it.');
  if (stats.mode & 0o077) {
    closeToOthers(dataDir, OWNER_ONLY, say);
  }
  try {
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw say(
      code === 'EROFS'
        ? 'is on a read-only file system. Name a folder that can be written to.'
        : 'cannot be written to by this user. Give it to the user that runs this, or name another one.',
    );
  }
}

/** Lets the owner alone read a file of secrets, or throws with what to do. */
export function ownSecretFile(path: string): void {
  if (statSync(path).mode & 0o077) {
    closeToOthers(path, 0o600, (problem) => new Error(`${path} ${problem}`));
  }
}

function closeToOthers(path: string, mode: number, say: (problem: string) => Error): void {
  try {
    chmodSync(path, mode);
  } catch {
    throw say(
      `can be read by other users, and this one may not change that. As its owner: chmod ${mode.toString(8)} ${path}`,
    );
  }
}
