import { linkSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';

export interface LockHolder {
  pid: number;
  /** When the process started, in clock ticks since boot. Null where the system does not say. */
  startedTicks: string | null;
  /** The process that started it. */
  owner: number;
  /** What the process does, in words for the operator. */
  purpose: string;
}

/** A running process holds the lock. */
export class LockTaken extends Error {
  override name = 'LockTaken';
  constructor(readonly holder: LockHolder) {
    super(`taken by process ${holder.pid} (${holder.purpose})`);
  }
}

/**
 * Takes a lock file for this process, or throws `LockTaken`. Replaces a lock whose process has ended,
 * even if another program has its pid by now. Returns how to release it.
 */
export function takeLock(path: string, purpose: string): () => void {
  const { pid, ppid: owner } = process;
  const mine: LockHolder = { pid, startedTicks: startedTicks(pid), owner, purpose };
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(mine), { mode: 0o600 });
  try {
    for (;;) {
      try {
        linkSync(draft, path);
        break;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const holder = lockHolder(path);
      if (holder) throw new LockTaken(holder);
      setAside(path);
    }
  } finally {
    unlinkSync(draft);
  }
  return () => {
    const text = read(path);
    if (text === JSON.stringify(mine)) unlinkSync(path);
  };
}

/** The running process that holds the lock, or null. */
export function lockHolder(path: string): LockHolder | null {
  const text = read(path);
  if (text === null) return null;
  let holder: LockHolder;
  try {
    holder = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isAlive(holder.pid)) return null;
  const ticks = startedTicks(holder.pid);
  return ticks && holder.startedTicks && ticks !== holder.startedTicks ? null : holder;
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, as another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** Renames the stale lock before it removes it: of two processes only one succeeds. */
function setAside(path: string): void {
  const aside = `${path}.stale.${process.pid}`;
  try {
    renameSync(path, aside);
    unlinkSync(aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

function startedTicks(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The program's name, in parentheses, may contain anything. So count the fields after it.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}
