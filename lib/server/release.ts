/**
 * `node -- lib/bundle/run.mjs release FOLDER`: lays out what a running installation needs, and no more: the
 * site and the programs as built, migrations, and of the packages the files that these ask for. Nothing
 * in it is made for one kind of processor.
 */
import {
  chmodSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeFileTrace } from '@vercel/nft';
import { ensureBundle, RELEASE } from '../bundle/bundle.mjs';
import { ensureBuild } from './build';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PROGRAMS = ['cli', 'embedded', 'start'];
const MODULES = [
  'lib/bundle/run.mjs',
  'lib/server/healthcheck.mjs',
  'lib/server/page-cache.mjs',
  'lib/server/web.mjs',
  'next.config.mjs',
];
const WHOLE = ['LICENSE', 'package.json', 'prisma/migrations', 'public'];
/** Next finds these by name, where no tracing sees it. */
const BY_NAME = [
  'node_modules/next/dist/compiled/@babel/runtime/package.json',
  'node_modules/next/dist/compiled/webpack',
];

/** Build tools, and sharp: images are sent as they are. */
const TOOLS =
  /^node_modules\/(?:@esbuild|@img|@next\/swc-[^/]+|esbuild|prettier|prisma|sharp|typescript)\//;
/** Of Next, what builds and what serves in development. For routes, its own lists name what they need. */
const NOT_SERVING = new RegExp(
  [
    '^node_modules/next/dist/build/(?:babel|swc|turbopack|webpack)',
    '^node_modules/next/dist/compiled/(?:babel[^/]*|webpack)/',
    '^node_modules/next/dist/compiled/next-server/.*(?:experimental|turbo\\.)',
    '\\.dev(?:elopment)?\\.js$|\\.map$',
  ].join('|'),
);
/** Of `.next`, what is for the next build, or for whoever looks into one. */
const BUILD_ONLY =
  /^\.next\/(?:build|cache|dev|diagnostics|lock|made-from|trace|trace-build|turbopack|types)$|\.(?:nft\.json|map)$/;
/** ELF, Mach-O and Windows programs and libraries, by their first bytes. */
const NATIVE = /^(?:7f454c46|cffaedfe|cafebabe|4d5a)/;

const [folder] = process.argv.slice(2);
if (!folder || existsSync(folder)) {
  throw new Error('Name a folder that is not there yet: node -- lib/bundle/run.mjs release FOLDER');
}
await ensureBuild(console.log);
const bundle = relative(ROOT, await ensureBundle());
const files = new Set([
  ...(await traced([...MODULES, ...PROGRAMS.map((name) => `${bundle}/${name}.mjs`)])),
  ...tracedByNext(),
  ...[...WHOLE, ...BY_NAME, '.next'].flatMap((path) => within(path)),
]);
const isLink = (file: string) => lstatSync(join(ROOT, file)).isSymbolicLink();
for (const file of files) if (!isLink(file)) lay(file);
for (const file of files) if (isLink(file)) layLink(file);
writeFileSync(join(folder, RELEASE), bundle);
const bytes = within('.', folder).reduce(
  (sum, file) => sum + lstatSync(join(folder, file)).size,
  0,
);
console.log(`${files.size} files, ${Math.round(bytes / 1e6)} MB, in ${folder}`);

async function traced(entries: readonly string[]): Promise<Iterable<string>> {
  // Bundles of before too; and the site is laid out whole.
  const isElsewhere = (path: string) => path.startsWith('.') && !path.startsWith(bundle);
  const { fileList } = await nodeFileTrace(
    entries.map((entry) => join(ROOT, entry)),
    {
      base: ROOT,
      ignore: (path) => TOOLS.test(path) || NOT_SERVING.test(path) || isElsewhere(path),
    },
  );
  return fileList;
}

/** What Next found out for its own server and for each route. */
function tracedByNext(): string[] {
  const lists = readdirSync(join(ROOT, '.next'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.nft.json'))
    .map((name) => join(ROOT, '.next', name));
  return lists
    .flatMap((list) => {
      const { files }: { files: string[] } = JSON.parse(readFileSync(list, 'utf8'));
      return files.map((file) => relative(ROOT, resolve(dirname(list), file)));
    })
    .filter((file) => file.startsWith('node_modules/') && !TOOLS.test(file));
}

/** The files and links of a folder, or the file itself, by their paths from `root`. */
function within(path: string, root = ROOT): string[] {
  if (BUILD_ONLY.test(path)) return [];
  if (!lstatSync(join(root, path)).isDirectory()) return [path];
  return readdirSync(join(root, path)).flatMap((name) => within(join(path, name), root));
}

/** Readable by any user, whatever the umask was of who made it. */
function lay(file: string): void {
  const from = join(ROOT, file);
  const to = join(folder as string, file);
  if (NATIVE.test(readFileSync(from).subarray(0, 4).toString('hex'))) {
    throw new Error(`${file} is for one kind of processor. See TOOLS in lib/server/release.ts.`);
  }
  makeFolder(dirname(to));
  copyFileSync(from, to);
  chmodSync(to, 0o644);
}

function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path);
  chmodSync(path, 0o755);
}

/** Next's own names for packages. One that is only asked for on demand leads nowhere. */
function layLink(file: string): void {
  const to = join(folder as string, file);
  const target = readlinkSync(join(ROOT, file));
  if (!existsSync(resolve(dirname(to), target))) return;
  makeFolder(dirname(to));
  symlinkSync(target, to);
}
