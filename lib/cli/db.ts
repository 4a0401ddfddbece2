import { openDatabase } from '../db/client';
import { databaseHealth } from '../db/health';
import { migrate, migrationStatus } from '../db/migrate';
import { migrationTarget } from '../db/target';
import { env } from '../runtime/env';
import { type Command, UsageError } from './command';
import { joinTarget, presentDatabase } from './database';

export const command: Command = {
  name: 'db',
  usage: ['db migrate', 'db status'],
  summary: 'bring the tables up to date, or say how they are',
  async run([action, ...rest], { print }) {
    if (rest.length > 0 || (action !== 'migrate' && action !== 'status')) {
      throw new UsageError('Say "db migrate" or "db status".');
    }
    if (action === 'migrate') {
      await joinTarget('db migrate');
      const applied = await migrate(migrationTarget(env()));
      for (const name of applied) print(`applied ${name}`);
      if (applied.length === 0) print('Nothing to apply: the tables are up to date.');
      return 0;
    }
    const target = await presentDatabase('db status');
    const status = await migrationStatus(target);
    for (const [kind, names] of Object.entries(status)) {
      for (const name of names) print(`${kind}: ${name}`);
    }
    const problems = Object.values(status).flat().length;
    if (problems > 0) return 1;
    const db = openDatabase(target);
    const { version, appliedMigrations } = await databaseHealth(db, 10_000);
    await db.$disconnect();
    print(`${version}, ${appliedMigrations} migrations, up to date`);
    return 0;
  },
};
