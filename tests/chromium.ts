import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** No sandbox, because root has none; and nothing that calls home. */
export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export function installedChromium(): string | null {
  const folders = (process.env.PATH ?? '').split(delimiter);
  for (const path of folders.flatMap((folder) => NAMES.map((name) => join(folder, name)))) {
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not here.
    }
  }
  return existsSync(chromium.executablePath()) ? chromium.executablePath() : null;
}

/** Finds a Chromium, or gets one: Playwright's download, else Debian's package. Says which. */
export function ensureChromium(say: (line: string) => void): string {
  const installed = installedChromium();
  if (installed) {
    say(`Browser: ${installed}`);
    return installed;
  }
  say('Browser: none installed; trying the download of Playwright …');
  const run = (command: string, args: string[]) =>
    spawnSync(command, args, { stdio: 'inherit', timeout: 10 * 60_000 }).status === 0;
  if (run(process.execPath, ['node_modules/@playwright/test/cli.js', 'install', 'chromium'])) {
    const path = chromium.executablePath();
    if (existsSync(path)) {
      say(`Browser: ${path}`);
      return path;
    }
  }
  if (process.getuid?.() === 0 && isDebian()) {
    say('Browser: no download; installing the package chromium …');
    if (run('apt-get', ['update']) && run('apt-get', ['install', '-y', 'chromium'])) {
      const path = installedChromium();
      if (path) {
        say(`Browser: ${path}`);
        return path;
      }
    }
  }
  throw new Error(
    'The browser tests need a Chromium, and none could be had. Install one ("npx playwright ' +
      'install chromium", or your system\'s package) so that it is on the PATH, and run again.',
  );
}

function isDebian(): boolean {
  try {
    return /^ID(?:_LIKE)?=.*(?:debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}
