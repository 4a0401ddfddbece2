import { defineConfig } from '@playwright/test';
import { CHROMIUM_FLAGS, installedChromium } from './tests/chromium';

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'tests/.tmp/e2e',
  globalSetup: './tests/e2e/global-setup.ts',
  // One server and few cores: a second browser would only make the first one late.
  workers: 1,
  timeout: 60_000,
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list']],
  use: {
    actionTimeout: 20_000,
    launchOptions: {
      executablePath: installedChromium() ?? undefined,
      args: CHROMIUM_FLAGS,
    },
  },
});
