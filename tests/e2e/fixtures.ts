import { test as base } from '@playwright/test';
import type { TestServer } from '../server';

const text = process.env.BROADSHEET_TEST_SERVER;

/** The server that all browser tests share. */
export const server: TestServer = text
  ? JSON.parse(text)
  : { url: '', dataDir: '', cronSecret: '', secret: '', outbox: '' };

/** Playwright's `test` with that server as base URL. */
export const test = base.extend({
  baseURL: async ({ browserName: _ }, use) => use(server.url),
});
export { expect } from '@playwright/test';
