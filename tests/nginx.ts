/**
 * `node --import tsx tests/nginx.ts [NGINX]`: a private site behind an nginx that caches whatever it may,
 * asked by readers and by strangers in turn. NGINX is its program; without a service it comes by
 * `apt-get download nginx && dpkg -x nginx_*.deb FOLDER`. Exit code 1 where a stranger saw anything, or
 * the proxy kept anything.
 */
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cli, freePort, startServer } from './server';

const program = process.argv[2] ?? 'nginx';
const PATHS = [
  '/',
  '/new',
  '/papers/1',
  '/search?q=lora',
  '/tags/peft',
  '/about',
  '/feeds/atom',
  '/feeds/json/tags/peft',
  '/api/v1/papers',
  '/api/v1/papers/1',
  '/api/v1/openapi.json',
  '/papers/1.bib',
  '/papers/1.md',
  '/cards/papers/1',
  '/sitemap.xml',
  '/sitemaps/1',
  '/llms.txt',
  '/for-you',
  '/library',
];

const folder = await mkdtemp(join(tmpdir(), 'broadsheet-nginx-'));
const port = await freePort();
const server = await startServer({ ACCESS: 'private', TRUST_PROXY: '1' });
await mkdir(join(folder, 'cache'));
await writeFile(
  join(folder, 'nginx.conf'),
  // Its workers would be another user, to whom the folder is closed.
  `${process.getuid?.() === 0 ? 'user root root;' : ''} daemon off; pid ${folder}/pid; error_log ${folder}/error.log;
  events {}
  http {
    access_log off;
    client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy;
    fastcgi_temp_path ${folder}/fastcgi; uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
    proxy_cache_path ${folder}/cache keys_zone=site:10m;
    server {
      listen 127.0.0.1:${port};
      location / {
        proxy_pass ${server.url};
        proxy_set_header Host $http_host;
        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
        proxy_cache site;
        proxy_cache_valid any 10m;
        add_header X-Cache $upstream_cache_status always;
      }
    }
  }`,
);
const proxy = spawn(program, ['-p', folder, '-c', join(folder, 'nginx.conf')], {
  stdio: 'inherit',
});
const failures: string[] = [];
try {
  const settings = { DATA_DIR: server.dataDir };
  await cli(['readers', 'import', '-'], settings, 'email\nreader@example.org\n');
  const made = await cli(['readers', 'token', 'reader@example.org', '--scope', 'read'], settings);
  const reader = { authorization: `Bearer ${made.out.trim().split('\n').at(-1)}` };
  const base = `http://127.0.0.1:${port}`;
  const ask = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(base + path, { redirect: 'manual', headers });
    return {
      status: answer.status,
      kept: answer.headers.get('x-cache'),
      text: await answer.text(),
    };
  };
  for (let tries = 0; tries < 50; tries++) {
    if (await fetch(base).catch(() => null)) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  let page = '';
  for (let round = 1; round <= 3; round++) {
    for (const path of PATHS) {
      let own = await ask(path, reader);
      // On a busy machine a page may take too long the first time.
      for (let tries = 0; own.status === 503 && tries < 5; tries++) own = await ask(path, reader);
      const stranger = await ask(path);
      page ||= own.text;
      // Pages of a reader's own take a session, and lead a token to sign in.
      const shown = /^\/(?:for-you|library)/.test(path) ? [303, 307] : [200];
      if (!shown.includes(own.status)) failures.push(`${path}: a reader got ${own.status}`);
      if (![303, 401].includes(stranger.status)) {
        failures.push(`${path}: a stranger got ${stranger.status}`);
      }
      for (const { kept } of [own, stranger]) {
        if (kept !== 'MISS') failures.push(`${path}: the proxy says ${kept}`);
      }
    }
  }
  const script = /\/_next\/static\/[^"]+\.js/.exec(page)?.[0] ?? '';
  await ask(script);
  if ((await ask(script)).kept !== 'HIT') failures.push(`${script}: the proxy did not keep it`);
  const files = await readdir(join(folder, 'cache'));
  for (const file of files) {
    const [, key] =
      /^KEY: (.*)$/m.exec(await readFile(join(folder, 'cache', file), 'latin1')) ?? [];
    if (!key?.includes('/_next/static/')) failures.push(`the proxy kept ${key}`);
  }
  const asked = PATHS.length * 2 * 3;
  console.log(
    `${asked} answers through nginx; kept: ${files.length} file of the program, no other.`,
  );
} finally {
  proxy.kill();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
for (const failure of failures) console.error(failure);
process.exit(failures.length > 0 ? 1 : 0);
