import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../server';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const APP = fileURLToPath(new URL('../.tmp/bare-next', import.meta.url));

const FILES = {
  'package.json': '{ "type": "module" }',
  'next.config.mjs': `export default { turbopack: { root: ${JSON.stringify(ROOT)} } };`,
  'app/layout.jsx':
    'export default function Layout({ children }) { return <html lang="en"><body>{children}</body></html>; }',
};

/** A page with nothing on it, or with so many characters of text. */
const page = (characters: number) => `export default function Page() {
  return <><h1>Bare</h1>{${characters} > 0 && <p>{'broadsheet '.repeat(${characters} / 11)}</p>}</>;
}`;

/**
 * The smallest site that this version of Next makes, built and served: what every page pays anyway.
 * `characters` of text stand on its page, and once more in the page's data.
 */
export async function startBareNext(
  characters = 0,
): Promise<{ url: string; stop(): Promise<void> }> {
  await rm(APP, { recursive: true, force: true });
  await mkdir(`${APP}/app`, { recursive: true });
  const files = { ...FILES, 'app/page.jsx': page(characters) };
  for (const [name, text] of Object.entries(files)) await writeFile(`${APP}/${name}`, text);
  const build = next(['build']);
  const [code] = await once(build, 'exit');
  if (code !== 0) throw new Error(`The bare site could not be built (${code}).`);
  const port = await freePort();
  const server = next(['start', '-p', String(port)]);
  const url = `http://localhost:${port}`;
  await answering(url);
  return {
    url,
    async stop() {
      const ended = once(server, 'exit');
      server.kill('SIGTERM');
      await ended;
      await rm(APP, { recursive: true, force: true });
    },
  };
}

function next(args: string[]) {
  return spawn(process.execPath, [`${ROOT}node_modules/next/dist/bin/next`, ...args], {
    cwd: APP,
    stdio: 'ignore',
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  });
}

async function answering(url: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`${url} does not answer.`);
}
