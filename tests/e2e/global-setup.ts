import { startServer } from '../server';

/**
 * One server for all browser tests: the sample catalogue, mail kept in the outbox. Its address and
 * secrets reach the tests through the environment (see `server.ts`).
 */
export default async function setup() {
  const server = await startServer();
  const { url, dataDir, cronSecret, secret, outbox } = server;
  const shared = { url, dataDir, cronSecret, secret, outbox };
  process.env.BROADSHEET_TEST_SERVER = JSON.stringify(shared);
  return () => server.stop();
}
