import { execFile } from 'node:child_process';
import { Agent, get } from 'node:http';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What asks: `wrk` where it is installed, because it asks faster than we can, else ourselves. */
export async function loadTool(): Promise<'wrk' | 'node'> {
  return run('wrk', ['--version']).then(
    () => 'wrk' as const,
    // wrk ends with 1 after telling its version.
    (error: { code?: unknown }) => (error.code === 'ENOENT' ? 'node' : 'wrk'),
  );
}

interface Load {
  connections: number;
  seconds: number;
  tool: 'wrk' | 'node';
  /** Sent along. */
  cookie?: string;
}

/** Requests a second that a local server answers with 200, over so many connections and seconds. */
export async function requestsPerSecond(url: string, load: Load): Promise<number> {
  const { connections, seconds, tool, cookie } = load;
  if (tool === 'node') return withNode(url, load);
  const { stdout } = await run('wrk', [
    '-t1',
    `-c${connections}`,
    `-d${seconds}s`,
    '--timeout',
    '10s',
    ...(cookie ? ['-H', `Cookie: ${cookie}`] : []),
    url,
  ]);
  if (stdout.includes('Non-2xx')) throw new Error(`${url}: ${stdout}`);
  return Number(stdout.match(/Requests\/sec:\s+([\d.]+)/)?.[1]);
}

async function withNode(url: string, { connections, seconds, cookie }: Load): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const end = Date.now() + seconds * 1000;
  let answered = 0;
  const ask = () =>
    new Promise<void>((resolve, reject) => {
      get(url, { agent, headers: cookie ? { cookie } : {} }, (response) => {
        if (response.statusCode !== 200) reject(new Error(`${url}: ${response.statusCode}`));
        response.resume().once('end', resolve);
      }).once('error', reject);
    });
  const connection = async () => {
    while (Date.now() < end) {
      await ask();
      answered++;
    }
  };
  await Promise.all(Array.from({ length: connections }, connection));
  agent.destroy();
  return answered / seconds;
}
