import { testTarget } from '../database';

/** Settings with which a command of the CLI opens the database of this test file. */
export function cliSettings(): Record<string, string> {
  const target = testTarget();
  if ('dataDir' in target) return { DATA_DIR: target.dataDir };
  const secret = 'only-for-tests-0123456789';
  return { DATABASE_URL: target.url, SECRET: secret, CRON_SECRET: secret };
}
