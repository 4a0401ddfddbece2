/**
 * `npm run migration -- NAME`: writes a new migration with what `schema.prisma` has and the migrations
 * have not. Read it before you commit it, and add by hand what the schema cannot express.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { startEmbedded } from '../lib/db/embedded';
import { migrate } from '../lib/db/migrate';
import { MIGRATIONS, missingSql } from './engine';

const [name = ''] = process.argv.slice(2);
if (!/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error('Say what it does in small letters: npm run migration -- paper_language');
  process.exit(2);
}

const dataDir = mkdtempSync(join(tmpdir(), 'broadsheet-migration-'));
const database = await startEmbedded(dataDir, 'npm run migration');
try {
  await migrate({ dataDir });
  const sql = await missingSql({ dataDir });
  if (sql === '') {
    console.log('The migrations already make what prisma/schema.prisma says.');
  } else {
    const time = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
    const folder = join(MIGRATIONS, `${time}_${name}`);
    mkdirSync(folder);
    writeFileSync(join(folder, 'migration.sql'), `${sql.trim()}\n`);
    console.log(`Written: ${relative(process.cwd(), join(folder, 'migration.sql'))}`);
  }
} finally {
  await database.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
