import type { TestProject } from 'vitest/node';
import { cli, startServer, type TestServer } from '../server';

declare module 'vitest' {
  export interface ProvidedContext {
    server: TestServer;
  }
}

/** Whoever signs in with this address is an admin. */
export const ADMIN = 'admin@example.org';

/** An older paper than the sample, which is listed today: so that the catalogue has past days. */
const OLD = `Jan 6

A paper that was listed long before the sample

Its abstract says enough to be an abstract, and a little more.
`;

/** One server for all HTTP tests: the sample catalogue, mail kept in the outbox. */
export default async function setup(project: TestProject) {
  const server = await startServer({ ADMINS: ADMIN });
  const { url, dataDir, cronSecret, secret, outbox } = server;
  await cli(['import', '-', '--date', '2025-01-06'], { DATA_DIR: dataDir }, OLD);
  project.provide('server', { url, dataDir, cronSecret, secret, outbox });
  return () => server.stop();
}
