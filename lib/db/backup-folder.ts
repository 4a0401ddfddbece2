import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { mondayOf } from '../calendar/iso-week';

/** Kept: the newest backup of each of so many days and weeks that have one. */
const DAYS = 7;
const WEEKS = 4;

const NAME = /^broadsheet-(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)Z\.jsonl\.gz$/;
const DRAFT = /^broadsheet-.*Z\.jsonl\.gz\.part$/;
/** A backup that takes longer was killed. */
const DRAFT_HOURS = 24;

export function backupName(now: Date): string {
  return `broadsheet-${now.toISOString().slice(0, 19).replaceAll(':', '-')}Z.jsonl.gz`;
}

/** When the backup of that name was begun; null for files that are not ours. */
export function timeOfBackup(name: string): Date | null {
  const [, day, hour, minute, second] = NAME.exec(name) ?? [];
  if (day === undefined) return null;
  const time = new Date(`${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(time.getTime()) ? null : time;
}

/** Of the names in a folder, the backups that are kept no longer. Files of other names are nobody's business. */
export function expiredBackups(names: readonly string[]): string[] {
  const newestFirst = names
    .filter((name) => timeOfBackup(name) !== null)
    .sort()
    .reverse();
  const kept = new Set([
    ...newestOf(newestFirst, DAYS, (time) => time.toISOString().slice(0, 10)),
    ...newestOf(newestFirst, WEEKS, (time) => mondayOf(time).toISOString()),
  ]);
  return newestFirst.filter((name) => !kept.has(name));
}

/** The newest name of each of the `most` latest periods that have one. */
function newestOf(
  newestFirst: readonly string[],
  most: number,
  periodOf: (time: Date) => string,
): string[] {
  const found = new Map<string, string>();
  for (const name of newestFirst) {
    const period = periodOf(timeOfBackup(name)!);
    if (!found.has(period) && found.size < most) found.set(period, name);
  }
  return [...found.values()];
}

/** When the newest backup in a folder was begun; null where there is none. */
export async function newestBackup(folder: string): Promise<Date | null> {
  const times = (await readdir(folder)).map(timeOfBackup).filter((time) => time !== null);
  return times.length === 0 ? null : new Date(Math.max(...times.map((time) => time.getTime())));
}

/** Makes the folder, readable by its owner alone: it holds readers' addresses. */
export async function makeBackupFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
}

/** Removes what has expired, and drafts of backups that were killed. Gives the names of the former. */
export async function removeExpired(folder: string, now: Date): Promise<string[]> {
  const names = await readdir(folder);
  const expired = expiredBackups(names);
  for (const name of expired) await rm(join(folder, name), { force: true });
  for (const name of names.filter((each) => DRAFT.test(each))) {
    const { mtimeMs } = await stat(join(folder, name));
    if (now.getTime() - mtimeMs > DRAFT_HOURS * 3_600_000) await rm(join(folder, name));
  }
  return expired;
}
