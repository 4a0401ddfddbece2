/**
 * `node --import tsx tests/image.ts`, as root, after `apt-get install buildah`: builds the Dockerfile on a base
 * made of this machine's Node, and runs the image as a container host would, without one: a root that
 * cannot be written to, a user that nobody knows, an empty volume. Prints each figure beside its goal.
 * Needs npm's registry and PostgreSQL's programs. Not part of the tests.
 */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from './server';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const MOST_MB = 400;
const SECONDS_TO_START = 10;
const SECONDS_TO_END = 10;
/** Neither is in any /etc/passwd, nor the image's own. */
const ANYBODY = { uid: 12345, gid: 54321 };

if (process.getuid?.() !== 0 || spawnSync('buildah', ['--version']).status !== 0) {
  console.error('Run it as root, after: apt-get install buildah');
  process.exit(2);
}

interface ImageConfig {
  User: string;
  Env: string[];
  Cmd: string[];
  WorkingDir: string;
  Volumes: Record<string, unknown>;
  Healthcheck: { Test: string[] };
}

interface User {
  uid: number;
  gid: number;
}

interface Container {
  /** The process that is number 1 inside. */
  pid: number;
  process: ChildProcess;
  url: string;
  output(): string;
  user: User;
}

const folder = mkdtempSync(join(tmpdir(), 'broadsheet-image-'));
const place = (name: string) => join(folder, name);
const failures: string[] = [];
const containers: Container[] = [];
/** The folder of a PostgreSQL of its own, while it runs. */
let cluster: string | null = null;
try {
  await main();
} finally {
  for (const { process: child } of containers) child.kill('SIGKILL');
  stopPostgres();
  spawnSync('buildah', [...storage(), 'umount', '--all']);
  rmSync(folder, { recursive: true, force: true });
}
console.log(`
Not tried here: Docker itself, compose.yml on it, the published base image, arm64 (no file of the release
is for one kind of processor; the base and Node are).`);
console.log(failures.length === 0 ? 'All as it should be.' : `${failures.length} failed.`);
process.exitCode = failures.length === 0 ? 0 : 1;

async function main(): Promise<void> {
  console.log(
    `Node ${process.version}, ${cpus().length} processors, load ${loadavg()[0]?.toFixed(1)}`,
  );
  makeBase(place('base'));
  const began = Date.now();
  const root = buildImage();
  console.log(`built in ${seconds(began)} s`);
  const config = configOf();
  const [base, release] = [megabytes(place('base')), megabytes(join(root, 'app'))];
  const whole = megabytes(root);
  figure(
    'image, MB',
    whole,
    MOST_MB,
    `release ${release}, base ${base}: Node ${process.version} and what it needs`,
  );
  check('runs as a user that is not root', /^[1-9]/.test(config.User), config.User);
  check('starts Node, and no shell or npm', config.Cmd[0] === 'node', config.Cmd.join(' '));
  await tryDemo(root, config);
  await tryPostgres(root, config);
}

/** The image as `docker run --read-only -v data:/data --user 12345:54321` starts it. */
async function tryDemo(root: string, config: ImageConfig): Promise<void> {
  console.log('\nThe demo, as a user that nobody knows');
  const volume = newVolume(root, '/data');
  const began = Date.now();
  const demo = await start(root, config, ANYBODY, { '/data': volume });
  await answers(demo, '/', (text) => text.includes('href="/papers/'));
  figure('seconds to its first page', seconds(began), SECONDS_TO_START);
  const first = readFileSync(`/proc/${demo.pid}/cmdline`, 'utf8');
  check('its first process is Node', first.startsWith('node\0'), first);
  const health = execute(demo, config.Healthcheck.Test.slice(1));
  check('HEALTHCHECK says that it is well', health.status === 0, health.told);
  for (const [path, type] of [
    ['/papers/1', 'text/html'],
    ['/search?q=attention', 'text/html'],
    ['/subscribe', 'text/html'],
    ['/about', 'text/html'],
    ['/cards/papers/1', 'image/png'],
    ['/feeds/atom', 'application/atom+xml'],
    ['/api/v1/papers', 'application/json'],
    ['/sitemap.xml', 'xml'],
  ] as const) {
    const response = await get(demo.url + path);
    const told = `${response.status} ${response.headers.get('content-type')}`;
    check(`${path} is answered`, response.ok && told.includes(type), told);
  }
  const write = execute(demo, ['node', '-e', "require('fs').writeFileSync('/app/file', '')"]);
  check('nothing can be written beside the program', write.told.includes('EROFS'), write.told);
  const status = execute(demo, ['npm', 'run', 'cli', '--', 'digest', 'status']);
  check('npm run cli -- digest status', status.status === 0, status.told);
  const backup = execute(demo, ['npm', 'run', 'cli', '--', 'backup', '/data/move.jsonl.gz']);
  check('npm run cli -- backup', backup.status === 0, backup.told);
  for (let n = 0; n < 200; n++) await (await get(`${demo.url}/papers/${(n % 98) + 1}`)).text();
  console.log(`      memory after 200 pages, MB: ${memory(demo).join(', ')}`);
  await end(demo);

  const again = Date.now();
  const second = await start(root, config, ANYBODY, { '/data': volume });
  await answers(second, '/', (text) => text.includes('href="/papers/'));
  figure('seconds to its first page, the second time', seconds(again), SECONDS_TO_START);
  await end(second);
}

/** The image as compose.yml starts it: its own user, PostgreSQL, secrets in files. */
async function tryPostgres(root: string, config: ImageConfig): Promise<void> {
  console.log('\nOn an empty PostgreSQL, with secrets in files');
  const url = await startPostgres();
  const secrets = { DATABASE_URL: url, SECRET: 's'.repeat(40), CRON_SECRET: 'c'.repeat(40) };
  const volumes = { '/data': newVolume(root, '/data'), '/backups': newVolume(root, '/backups') };
  const settings: Record<string, string> = { BACKUP_DIR: '/backups/broadsheet' };
  for (const [name, value] of Object.entries(secrets)) {
    writeFileSync(join(volumes['/data'], name), value, { mode: 0o644 });
    settings[`${name}_FILE`] = `/data/${name}`;
  }
  const [uid, gid] = config.User.split(':').map(Number) as [number, number];
  const began = Date.now();
  const app = await start(root, config, { uid, gid }, volumes, settings);
  await answers(app, '/', (text) => text.includes('href="/papers/'));
  figure('seconds to its first page', seconds(began), SECONDS_TO_START);
  const { migrations } = await (await get(`${app.url}/api/health`)).json();
  const own = readdirSync(join(ROOT, 'prisma/migrations'), { withFileTypes: true });
  const all = own.filter((entry) => entry.isDirectory()).length;
  check(`all ${all} migrations are applied`, migrations.applied === all, app.output());
  const cron = await get(`${app.url}/api/cron/backup`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secrets.CRON_SECRET}` },
  });
  const kept = readdirSync(join(volumes['/backups'], 'broadsheet'));
  check('a backup is in its volume', cron.ok && kept.length === 1, await cron.text());
  stopPostgres();
  const health = execute(app, config.Healthcheck.Test.slice(1));
  check('HEALTHCHECK says that the database is away', health.status === 1, health.told);
  await end(app);
}

/** This machine's Node, npm, a shell and mkdir, with the libraries that they load: as little as will do. */
function makeBase(base: string): void {
  for (const name of ['dev', 'etc', 'proc', 'sys', 'tmp', 'usr/bin', 'usr/lib', 'usr/lib64']) {
    mkdirSync(join(base, name), { recursive: true });
  }
  chmodSync(join(base, 'tmp'), 0o1777);
  for (const name of ['bin', 'lib', 'lib64']) symlinkSync(`usr/${name}`, join(base, name));
  const libraries = new Set<string>();
  for (const name of ['node', 'sh', 'mkdir', 'env']) {
    const program = run('which', [name]).trim();
    cpSync(realpathSync(program), join(base, 'usr/bin', name));
    for (const [path] of run('ldd', [realpathSync(program)]).matchAll(/\/\S+(?= \(0x)/g)) {
      libraries.add(path);
    }
  }
  // Of the C library, what Node has no need of, and build tools have.
  const libc = dirname([...libraries].find((path) => path.includes('/libc.so')) as string);
  for (const name of ['librt.so.1', 'libresolv.so.2']) libraries.add(join(libc, name));
  for (const path of libraries) {
    const to = join(base, path.replace(/^\/(?=lib)/, '/usr/'));
    mkdirSync(dirname(to), { recursive: true });
    cpSync(realpathSync(path), to);
  }
  const npm = realpathSync(run('which', ['npm']).trim());
  cpSync(join(dirname(npm), '..'), join(base, 'usr/lib/node_modules/npm'), { recursive: true });
  symlinkSync('../lib/node_modules/npm/bin/npm-cli.js', join(base, 'usr/bin/npm'));
  cpSync('/etc/ssl/certs/ca-certificates.crt', join(base, 'etc/ssl/certs/ca-certificates.crt'));
  writeFileSync(join(base, 'etc/passwd'), 'root:x:0:0:root:/root:/bin/sh\n');
  writeFileSync(join(base, 'etc/group'), 'root:x:0:\n');
}

/** Builds the Dockerfile itself. Gives the folder in which the image's files stand. */
function buildImage(): string {
  writeFileSync(place('policy.json'), '{"default": [{"type": "insecureAcceptAnything"}]}');
  const base = buildah('from', 'scratch').trim();
  buildah('copy', '--quiet', base, place('base'), '/');
  const env = ['PATH=/usr/bin', 'NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt'];
  buildah('config', ...env.flatMap((each) => ['--env', each]), base);
  buildah('commit', '--quiet', '--rm', '--signature-policy', place('policy.json'), base, 'base');
  buildah(
    ...['build', '--isolation', 'chroot', '--format', 'docker', '--tag', 'broadsheet'],
    ...['--signature-policy', place('policy.json'), '--pull-never'],
    ...['--build-arg', 'BASE=localhost/base', ROOT],
  );
  const made = buildah(
    'from',
    '--signature-policy',
    place('policy.json'),
    '--pull-never',
    'broadsheet',
  );
  return buildah('mount', made.trim()).trim();
}

function configOf(): ImageConfig {
  return JSON.parse(buildah('inspect', '--type', 'image', 'broadsheet')).Docker.config;
}

/** Storage of its own, so that nothing of the machine's is touched. */
function storage(): string[] {
  return ['--root', place('images'), '--runroot', place('run'), '--storage-driver', 'vfs'];
}

function buildah(...args: string[]): string {
  return run('buildah', [...storage(), ...args]);
}

/** A new volume takes over the rights of the folder that it is mounted on. */
function newVolume(root: string, path: string): string {
  const volume = mkdtempSync(place('volume-'));
  const { mode, uid, gid } = statSync(join(root, path));
  chownSync(volume, uid, gid);
  chmodSync(volume, mode & 0o7777);
  return volume;
}

/** Starts the image's own command in namespaces of its own, on the machine's network. */
async function start(
  root: string,
  config: ImageConfig,
  { uid, gid }: User,
  volumes: Record<string, string>,
  settings: Record<string, string> = {},
): Promise<Container> {
  const port = await freePort();
  const mounts = Object.entries(volumes).map(
    ([path, from]) => `mount --bind '${from}' '${root}${path}'`,
  );
  const env = [...config.Env, `PORT=${port}`, 'CLOCK=off'];
  const words = [
    ...env,
    ...Object.entries(settings).map((setting) => setting.join('=')),
    ...config.Cmd,
  ];
  const script = `set -e
mount --make-rprivate /
mount --bind '${root}' '${root}'
mount -o remount,bind,ro '${root}'
mount --rbind /dev '${root}/dev'
mount -t proc proc '${root}/proc'
mount -t tmpfs tmpfs '${root}/tmp'
${mounts.join('\n')}
cd '${root}${config.WorkingDir}'
exec chroot --userspec=${uid}:${gid} --groups= '${root}' /usr/bin/env -i -C '${config.WorkingDir}' "$@"`;
  const child = spawn(
    'unshare',
    ['--mount', '--pid', '--fork', 'sh', '-c', script, 'sh', ...words],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  const container = {
    pid: 0,
    process: child,
    url: `http://127.0.0.1:${port}`,
    output: () => output,
    user: { uid, gid },
  };
  containers.push(container);
  for (let tries = 0; container.pid === 0; tries++) {
    const path = `/proc/${child.pid}/task/${child.pid}/children`;
    container.pid = existsSync(path) ? Number(readFileSync(path, 'utf8').trim()) : 0;
    if (tries > 200) throw new Error(`It did not start.\n${output}`);
    await sleep(10);
  }
  return container;
}

/** What `docker exec` does. */
function execute({ pid, user }: Container, command: string[]): { status: number; told: string } {
  const variables = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').filter(Boolean);
  const { status, stdout, stderr } = spawnSync(
    'nsenter',
    [
      ...['--target', String(pid), '--mount', '--pid', '--root', '--wd'],
      ...['--setuid', String(user.uid), '--setgid', String(user.gid)],
      ...['/usr/bin/env', '-i', ...variables, ...command],
    ],
    { encoding: 'utf8' },
  );
  return { status: status ?? -1, told: stdout + stderr };
}

/** On a connection of its own: the server ends one that was kept while this process ran a command. */
function get(url: string, init: RequestInit = {}): Promise<Response> {
  return fetch(url, { ...init, headers: { connection: 'close', ...init.headers } });
}

async function answers(
  { url, process: child, output }: Container,
  path: string,
  isRight: (text: string) => boolean,
): Promise<void> {
  for (const began = Date.now(); Date.now() - began < 120_000; await sleep(20)) {
    if (child.exitCode !== null) break;
    const response = await get(url + path).catch(() => null);
    if (response?.ok && isRight(await response.text())) return;
  }
  throw new Error(`${path} is not answered.\n${output()}`);
}

async function end({ pid, process: child, output }: Container): Promise<void> {
  const closed = new Promise((resolve) => child.once('close', resolve));
  const began = Date.now();
  process.kill(pid, 'SIGTERM');
  const code = await closed;
  figure('seconds from SIGTERM to its end', seconds(began), SECONDS_TO_END);
  check('it ends with 0', code === 0, output());
}

/** What each process holds, the largest first. */
function memory({ pid }: Container): string[] {
  const space = spaceOf(pid);
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && spaceOf(name) === space)
    .map((name) => {
      const status = readFileSync(`/proc/${name}/status`, 'utf8');
      const what = readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0').slice(1);
      const megabytes = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1_000;
      return { megabytes, what: what.join(' ').replace(/^-- /, '') };
    })
    .sort((a, b) => b.megabytes - a.megabytes)
    .map(({ megabytes, what }) => `${Math.round(megabytes)} (${what})`);
}

function spaceOf(pid: number | string): string | null {
  try {
    return readlinkSync(`/proc/${pid}/ns/pid`);
  } catch {
    return null;
  }
}

/** A cluster of its own, as in .ci/run. Gives its address. */
async function startPostgres(): Promise<string> {
  const bin = postgresPrograms();
  const port = await freePort();
  cluster = place('postgres');
  mkdirSync(cluster);
  chmodSync(folder, 0o755);
  run('chown', ['postgres', cluster]);
  const data = join(cluster, 'data');
  asPostgres(`${bin}/initdb`, '-D', data, '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8');
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${cluster}`;
  asPostgres(`${bin}/pg_ctl`, '-D', data, '-w', '-l', join(cluster, 'log'), '-o', options, 'start');
  return `postgresql://postgres@127.0.0.1:${port}/postgres`;
}

function stopPostgres(): void {
  if (cluster)
    asPostgres(`${postgresPrograms()}/pg_ctl`, '-D', `${cluster}/data`, '-m', 'fast', 'stop');
  cluster = null;
}

function postgresPrograms(): string {
  const versions = readdirSync('/usr/lib/postgresql').sort((a, b) => Number(a) - Number(b));
  return `/usr/lib/postgresql/${versions.at(-1)}/bin`;
}

function asPostgres(...command: string[]): void {
  // Without a pipe: the server would keep it open.
  execFileSync('runuser', ['-u', 'postgres', '--', ...command], { stdio: 'ignore' });
}

function run(command: string, args: string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    maxBuffer: 100e6,
  });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stdout}${stderr}`);
  return stdout;
}

function megabytes(path: string): number {
  const bytes = (each: string): number => {
    const stats = lstatSync(each);
    if (!stats.isDirectory()) return stats.size;
    return readdirSync(each).reduce((sum, name) => sum + bytes(join(each, name)), 0);
  };
  return Math.round(bytes(path) / 1e6);
}

function seconds(since: number): number {
  return Number(((Date.now() - since) / 1_000).toFixed(2));
}

function figure(what: string, value: number, most: number, told = ''): void {
  check(`${what}: ${value} (at most ${most})${told && `; ${told}`}`, value <= most, '');
}

function check(what: string, holds: boolean, told: string): void {
  console.log(`${holds ? 'ok  ' : 'FAIL'}  ${what}`);
  if (holds) return;
  failures.push(what);
  if (told) console.log(told);
}
