/** Writes a backup as a process of its own, whose files may be limited in size by the shell that starts it. */
import { backup } from '../../lib/db/backup';
import { openDatabase } from '../../lib/db/client';

const { target, path } = JSON.parse(process.argv[2]!);
const db = openDatabase(target);
try {
  await backup(db, path, () => {});
} catch (error) {
  console.error(String(error));
  process.exitCode = 1;
}
await db.$disconnect();
