/**
 * `DATABASE_URL=postgresql://… npm run torture [-- ROUNDS [SEED]]`: the long form, on a database of
 * its own that it makes on that server and removes again. Ctrl-C ends it after the round under way,
 * with the books of the rounds so far.
 */
import { generateClient } from '../../lib/db/generate';
import { scratchDatabase } from '../bench/database';

generateClient();
if (!process.env.DATABASE_URL) {
  console.error('Set DATABASE_URL to a PostgreSQL server: postgresql://user:password@host:5432/db');
  process.exit(2);
}
const [rounds = 200, seed = Date.now() % 2 ** 31] = process.argv.slice(2).map(Number);
const { torture } = await import('./torture');
const database = await scratchDatabase('torture');
const started = Date.now();
console.log(`${rounds} rounds, seed ${seed}`);
let interrupted = false;
process.once('SIGINT', () => {
  interrupted = true;
  console.log('This round is the last one …');
});
const result = await torture(database.db, database.target, {
  rounds,
  readers: 40,
  seed,
  cutDatabase: true,
  enough: () => interrupted,
  progress: (line) => {
    const each = (Date.now() - started) / (Number(/\d+/.exec(line)![0]) || 1);
    const done = Number(/\d+/.exec(line)![0]);
    console.log(`${line}; ${Math.round((each * (rounds - done)) / 60_000)} minutes left`);
  },
});
await database.remove();
console.log(JSON.stringify(result, null, 2));
console.log(
  result.problems.length === 0
    ? `The books agree: ${result.deliveries} digests, ${result.arrivals} arrivals, ${result.kills} workers killed.`
    : `${result.problems.length} things do not agree.`,
);
process.exit(result.problems.length === 0 ? 0 : 1);
