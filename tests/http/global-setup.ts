import type { TestProject } from 'vitest/node';
import { startServer, type TestServer } from '../server';

declare module 'vitest' {
  export interface ProvidedContext {
    server: TestServer;
  }
}

/** One server for all HTTP tests: the sample catalogue, mail kept in the outbox. */
export default async function setup(project: TestProject) {
  const server = await startServer();
  const { url, dataDir, cronSecret, secret, outbox } = server;
  project.provide('server', { url, dataDir, cronSecret, secret, outbox });
  return () => server.stop();
}
