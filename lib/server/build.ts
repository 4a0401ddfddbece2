import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { generateClient } from '../db/generate';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const STAMP = join(ROOT, '.next/made-from');
const SOURCES = ['app', 'components', 'emails', 'lib', 'public', 'prisma/schema.prisma'];
const CONFIG =
  /^(?:package-lock\.json|proxy\.ts|(?:next|postcss|ts)[\w.]*config\.(?:ts|mjs|json))$/;

/** A digest of everything a build is made from. */
function sourceDigest(): string {
  const digest = createHash('sha256').update(process.version);
  const add = (path: string) => digest.update(relative(ROOT, path)).update(readFileSync(path));
  const walk = (path: string) => {
    const entries = readdirSync(path, { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const inside = join(path, entry.name);
      if (!entry.isDirectory()) add(inside);
      else if (entry.name !== 'generated') walk(inside);
    }
  };
  for (const name of SOURCES) {
    const path = join(ROOT, name);
    if (name.includes('.')) add(path);
    else if (existsSync(path)) walk(path);
  }
  for (const name of readdirSync(ROOT).sort()) if (CONFIG.test(name)) add(join(ROOT, name));
  return digest.digest('hex');
}

/** Builds the site unless the build that is there comes from these very sources. */
export async function ensureBuild(say: (line: string) => void): Promise<void> {
  generateClient();
  const digest = sourceDigest();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === digest) return;
  say('Building the site; this takes about half a minute, once …');
  await nextBuild();
  writeFileSync(STAMP, digest);
}

function nextBuild(): Promise<void> {
  const program = join(ROOT, 'node_modules/next/dist/bin/next');
  const child = spawn(process.execPath, [program, 'build'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`The build failed.\n${output}`)),
    );
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await ensureBuild(console.log);
}
