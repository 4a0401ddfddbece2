/**
 * `npm test [-- STEP …]`: everything, in the order in which it tells most soonest. All steps run even
 * where one fails; the exit code tells.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { generateClient } from '../lib/db/generate.mjs';
import { ensureBuild } from '../lib/server/build';
import { ensureChromium } from './chromium';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const say = (line: string) => console.log(line);

const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1' };

function node(script: string, ...args: string[]): boolean {
  const { status } = spawnSync(process.execPath, [`node_modules/${script}`, ...args], {
    cwd: ROOT,
    stdio: 'inherit',
    env,
  });
  return status === 0;
}

const VITEST = 'vitest/vitest.mjs';
const vitest = (project: string) => node(VITEST, 'run', '--project', project);

/** Projects that mostly wait share the time. Each tells its story when it has ended. */
async function together(...projects: string[]): Promise<boolean> {
  const passed = await Promise.all(
    projects.map(async (project) => {
      const args = [`node_modules/${VITEST}`, 'run', '--project', project];
      const child = spawn(process.execPath, args, { cwd: ROOT, stdio: 'pipe', env });
      const told: Buffer[] = [];
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (chunk) => told.push(chunk));
      const [status] = await once(child, 'close');
      process.stdout.write(Buffer.concat(told));
      return status === 0;
    }),
  );
  return passed.every(Boolean);
}

const STEPS: Record<string, () => boolean | Promise<boolean>> = {
  types: () => {
    generateClient();
    return node('next/dist/bin/next', 'typegen') && node('typescript/bin/tsc', '--noEmit');
  },
  lint: () => node('@biomejs/biome/bin/biome', 'check', '.'),
  unit: () => vitest('unit'),
  db: () => {
    generateClient();
    return vitest('db');
  },
  http: async () => {
    await ensureBuild(say);
    return together('http', 'servers');
  },
  browser: async () => {
    ensureChromium(say);
    await ensureBuild(say);
    return node('@playwright/test/cli.js', 'test');
  },
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(STEPS, name));
if (unknown.length > 0) {
  say(`There is no step ${unknown.join(', ')}. There are: ${Object.keys(STEPS).join(', ')}.`);
  process.exit(2);
}

const results: { name: string; passed: boolean; seconds: number }[] = [];
for (const [name, step] of Object.entries(STEPS)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  say(`\n=== ${name}`);
  const started = Date.now();
  let passed = false;
  try {
    passed = await step();
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
  }
  results.push({ name, passed, seconds: Math.round((Date.now() - started) / 1000) });
}

say('');
for (const { name, passed, seconds } of results) {
  say(`${passed ? 'passed' : 'FAILED'}  ${name.padEnd(8)} ${seconds} s`);
}
const failed = results.filter(({ passed }) => !passed).length;
say(`steps: ${results.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
