import { spawn } from 'node:child_process';
import {
  accessSync,
  constants,
  existsSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isRelease } from '../bundle/bundle.mjs';
import { sourceDigest } from '../bundle/source-digest.mjs';
import { generateClient } from '../db/generate.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const STAMP = join(ROOT, '.next/made-from');
const SOURCES = ['app', 'components', 'emails', 'lib', 'public', 'prisma/schema.prisma'];
const CONFIG =
  /^(?:package-lock\.json|proxy\.ts|(?:next|postcss|ts)[\w.]*config\.(?:ts|mjs|json))$/;

/** Builds the site unless the build that is there comes from these very sources. */
export async function ensureBuild(say: (line: string) => void): Promise<void> {
  if (isRelease) return;
  generateClient();
  const config = readdirSync(ROOT).filter((name) => CONFIG.test(name));
  const digest = sourceDigest(ROOT, [...SOURCES, ...config.sort()]);
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === digest) return;
  if (!isWritable()) {
    throw new Error(
      `The site is not built, and this user cannot write to ${ROOT}. Run once, as its owner: npm run build`,
    );
  }
  say('Building the site; this takes about half a minute, once …');
  await nextBuild();
  writeFileSync(STAMP, digest);
}

function isWritable(): boolean {
  const folder = join(ROOT, '.next');
  try {
    accessSync(existsSync(folder) ? folder : ROOT, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function nextBuild(): Promise<void> {
  const program = join(ROOT, 'node_modules/next/dist/bin/next');
  const child = spawn(process.execPath, [program, 'build'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  });
  // Whoever ends us ends the build.
  const end = () => child.kill();
  process.once('exit', end);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      process.off('exit', end);
      if (code === 0) resolve();
      else reject(new Error(`The build failed.\n${output}`));
    });
  });
}
