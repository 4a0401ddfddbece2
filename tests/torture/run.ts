/**
 * `DATABASE_URL=postgresql://… npm run torture [-- ROUNDS [SEED]]`: the long form. Imports that are
 * killed, a disk that fills up, then digests, these on a database of its own that it makes on that server
 * and removes again, through PgBouncer. Three web processes share it: in each round one is killed, and in
 * one of ten the database is silent for a minute while forty readers ask.
 * Ctrl-C ends the digests after the round under way, with the books of the rounds so far.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { generateClient } from '../../lib/db/generate.mjs';
import { ensureBuild } from '../../lib/server/build';
import { scratchDatabase } from '../bench/database';
import { startDatabaseProxy } from '../database-proxy';
import { startPgbouncer } from '../pgbouncer';
import { fillDisk } from './full-disk';
import { Site } from './site';

const SILENT_EVERY = 10;
const SILENT_MS = 60_000;

generateClient();
if (!process.env.DATABASE_URL) {
  console.error('Set DATABASE_URL to a PostgreSQL server: postgresql://user:password@host:5432/db');
  process.exit(2);
}
const [rounds = 200, seed = Date.now() % 2 ** 31] = process.argv.slice(2).map(Number);
const importSurvives = killImports();
const diskProblems = await fillDisk(console.log);
if (diskProblems === null) console.log('No disk could be filled: that needs root and Linux.');
await ensureBuild(console.log);
const { torture } = await import('./torture');
const database = await scratchDatabase('torture');
const { url: serverUrl } = database.target as { url: string };
const pooler = await startPgbouncer(serverUrl);
const proxy = await startDatabaseProxy({ url: pooler.url });
const site = new Site(proxy);
await site.start();
const started = Date.now();
console.log(`${rounds} rounds, seed ${seed}`);
let interrupted = false;
process.once('SIGINT', () => {
  interrupted = true;
  console.log('This round is the last one …');
});
const result = await torture(
  database.db,
  { url: proxy.url },
  {
    rounds,
    readers: 40,
    seed,
    cutDatabase: true,
    enough: () => interrupted,
    async beside(round, random) {
      await site.killOne(random);
      if (round % SILENT_EVERY === SILENT_EVERY - 1) await site.silence(SILENT_MS);
    },
    progress: (line) => {
      const each = (Date.now() - started) / (Number(/\d+/.exec(line)![0]) || 1);
      const done = Number(/\d+/.exec(line)![0]);
      console.log(`${line}; ${Math.round((each * (rounds - done)) / 60_000)} minutes left`);
    },
  },
);
site.stop();
await proxy.stop();
await pooler.stop();
await database.remove();
const { problems: siteProblems, ...read } = site.verdict();
result.problems.push(...siteProblems, ...(diskProblems ?? []));
console.log(JSON.stringify({ ...result, ...read, statuses: site.statuses }, null, 2));
console.log(
  result.problems.length === 0
    ? `The books agree: ${result.deliveries} digests, ${result.arrivals} arrivals, ${result.kills} workers killed.`
    : `${result.problems.length} things do not agree.`,
);
if (!importSurvives) console.log('An import that was killed did not end the same: see above.');
process.exit(result.problems.length === 0 && importSurvives ? 0 : 1);

/** Twenty imports killed at any moment and run again, where the tests kill three. */
function killImports(): boolean {
  const { status } = spawnSync(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', '--project', 'db', 'tests/db/sources/kill.test.ts'],
    {
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
      stdio: 'inherit',
      env: { ...process.env, TORTURE: '1' },
    },
  );
  return status === 0;
}
