import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PROGRAM = `${ROOT}lib/server/web.mjs`;

const HINTS: Record<string, string> = {
  EADDRINUSE: ' Set PORT to a free one.',
  EACCES: ' Ports below 1024 are not for every user: set PORT to another one.',
  EADDRNOTAVAIL: ' Set HOST to an address of this machine, or to none.',
};

type WebMessage =
  | { kind: 'ready'; port: number }
  | { kind: 'failed'; code?: string; message: string };

export interface WebServer {
  port: number;
  exited: Promise<number | null>;
  stop(): Promise<void>;
}

/** Starts the web server and waits until it listens. */
export async function startWeb({ dev }: { dev: boolean }): Promise<WebServer> {
  const child = spawn(process.execPath, [PROGRAM, ...(dev ? ['--dev'] : [])], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: {
      ...process.env,
      NODE_ENV: dev ? 'development' : 'production',
      NEXT_TELEMETRY_DISABLED: '1',
    },
    // As for the database: Ctrl-C reaches the owner alone.
    detached: true,
  });
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const message = await Promise.race([
    new Promise<WebMessage>((resolve) => child.once('message', (m) => resolve(m as WebMessage))),
    exited.then((code): WebMessage => ({ kind: 'failed', message: `exit code ${code}` })),
  ]);
  if (message.kind === 'failed') {
    const hint = HINTS[message.code ?? ''] ?? '';
    throw new Error(`The web server did not start: ${message.message}.${hint}`);
  }
  return {
    port: message.port,
    exited,
    async stop() {
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), 5_000);
      await exited;
      clearTimeout(late);
    },
  };
}
