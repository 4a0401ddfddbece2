import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sourceDigest } from './source-digest.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** A bundle lies as deep below the root as the folders of `lib`, so that `../../` is the root for both. */
const BUNDLES = join(ROOT, '.bundle');
const SOURCES = ['emails', 'lib', 'package-lock.json', 'prisma', 'tsconfig.json'];

/** In a release (lib/server/release.ts) this file names the bundle's folder: everything is built there. */
export const RELEASE = '.bundle/release';

export const PROGRAMS = {
  build: 'lib/server/build-site.ts',
  cli: 'lib/cli/main.ts',
  embedded: 'lib/db/embedded-process.ts',
  release: 'lib/server/release.ts',
  start: 'lib/server/start.ts',
};

/** They find files of their own beside themselves, or are only asked for where nothing else will do. */
const EXTERNAL = [
  '@electric-sql/*',
  '@vercel/nft',
  'esbuild',
  'next',
  'pg-native',
  'prettier',
  'prisma',
];

export const isRelease = existsSync(join(ROOT, RELEASE));

/** The bundle of these very sources; made where there is none. Gives its folder. */
export async function ensureBundle() {
  if (isRelease) return join(ROOT, readFileSync(join(ROOT, RELEASE), 'utf8'));
  const folder = join(BUNDLES, sourceDigest(ROOT, SOURCES).slice(0, 20));
  if (existsSync(folder)) return folder;
  const draft = makeDraft();
  try {
    const { generateClient } = await import('../db/generate.mjs');
    generateClient();
    const { build, stop } = await import('esbuild');
    await build({
      absWorkingDir: ROOT,
      entryPoints: Object.entries(PROGRAMS).map(([out, path]) => ({ in: path, out })),
      outdir: draft,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      external: EXTERNAL,
      define: { 'process.env.NODE_ENV': '"production"' },
      // Packages in CommonJS ask for Node's own modules by `require`.
      banner: {
        js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
      },
      logLevel: 'error',
      legalComments: 'none',
    });
    await stop();
    chmodSync(draft, 0o755);
    adopt(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return folder;
}

function makeDraft() {
  try {
    mkdirSync(BUNDLES, { recursive: true });
    return mkdtempSync(join(BUNDLES, 'draft-'));
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code !== 'EACCES' && code !== 'EROFS' && code !== 'EPERM') throw error;
    throw new Error(
      `The programs are not built, and this user cannot write to ${BUNDLES}. Run once, as the owner of ${ROOT}: npm run build`,
    );
  }
}

/**
 * Another process may have made the same one at this moment. The bundle before is kept for those that
 * still run from it.
 * @param {string} draft
 * @param {string} folder
 */
function adopt(draft, folder) {
  try {
    renameSync(draft, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  }
  const age = (/** @type {string} */ path) => statSync(path).mtimeMs;
  const others = readdirSync(BUNDLES)
    .filter((name) => !name.startsWith('draft-'))
    .map((name) => join(BUNDLES, name))
    .filter((path) => path !== folder)
    .sort((a, b) => age(b) - age(a));
  for (const old of others.slice(1)) rmSync(old, { recursive: true, force: true });
}
