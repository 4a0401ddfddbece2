import { migrationStatus } from '../db/migrate';
import type { MigrationStatus } from '../db/migrations';
import { type Db, sql } from '../db/sql';
import type { DatabaseTarget } from '../db/target';
import { type Finding, ok, problem, warning } from './finding';

/** Whether the tables are those of this program. */
export async function migrations(target: DatabaseTarget): Promise<Finding[]> {
  return judgeMigrations(await migrationStatus(target));
}

export function judgeMigrations({ missing, unknown, edited, failed }: MigrationStatus): Finding[] {
  const found: Finding[] = [];
  const say = (names: string[], says: string, remedy: string) => {
    if (names.length > 0) found.push(problem(`${says}: ${names.join(', ')}`, remedy));
  };
  say(missing, 'not applied yet', 'npm run cli -- db migrate, or start the server again.');
  say(
    unknown,
    'the database is newer than this program, and has',
    'Update Broadsheet to the version that was used last, or restore a backup of before.',
  );
  say(edited, 'changed since they were applied', 'Restore their files in prisma/migrations.');
  say(
    failed,
    'begun by another tool and not finished',
    'Undo what they left, and set rolled_back_at in their rows of _prisma_migrations.',
  );
  return found.length > 0 ? found : [ok('all applied')];
}

const SKEW_MS = 2_000;
const LARGE_SKEW_MS = 30_000;

/** This machine's clock against the database's: leases and times due are compared across both. */
export async function clock(db: Db): Promise<Finding[]> {
  // The first query may open a connection first.
  await db.$queryRaw(sql`select 1 as one`);
  const before = Date.now();
  const [row] = await db.$queryRaw<{ now: Date }[]>(sql`select clock_timestamp() as now`);
  const here = (before + Date.now()) / 2;
  return [judgeSkew(here - row!.now.getTime())];
}

export function judgeSkew(milliseconds: number): Finding {
  const seconds = (Math.abs(milliseconds) / 1_000).toFixed(1);
  const direction = milliseconds < 0 ? 'behind' : 'ahead of';
  const says = `this machine is ${seconds} s ${direction} the database`;
  const remedy = 'Let both keep their time by NTP (systemd-timesyncd, chrony).';
  if (Math.abs(milliseconds) < SKEW_MS) return ok('agrees with the database');
  return (Math.abs(milliseconds) < LARGE_SKEW_MS ? warning : problem)(says, remedy);
}
