/** Migrates a database as a process of its own, which `migrate.test.ts` stops and kills. */
import { migrate } from '../../lib/db/migrate';

const { target, folder } = JSON.parse(process.argv[2]!);
await migrate(target, folder);
