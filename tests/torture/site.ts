import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { DatabaseProxy } from '../database-proxy';

const WEB = fileURLToPath(new URL('../../lib/server/web.mjs', import.meta.url));
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PROCESSES = 3;
const READERS = 40;
/** What a reader may have to wait, whatever happens. */
const MOST_MS = 5_000;
const PATHS = [
  '/',
  '/new',
  '/search?q=N',
  '/papers/N',
  '/feeds/atom',
  '/api/v1/papers?q=N',
  '/about',
];

interface Web {
  child: ChildProcess;
  port: number;
}

/** Three web processes on one database: they are killed, and the database falls silent, while readers ask. */
export class Site {
  private webs: Web[] = [];
  private asked = 0;
  private longest = 0;
  private readonly problems: string[] = [];
  readonly statuses: Record<string, number> = {};

  constructor(private readonly database: DatabaseProxy) {}

  async start(): Promise<void> {
    this.webs = await Promise.all(Array.from({ length: PROCESSES }, () => this.startOne()));
  }

  /** In one process the connections break: it is killed without warning, and another takes its place. */
  async killOne(random: () => number): Promise<void> {
    const at = Math.floor(random() * this.webs.length);
    const reading = this.readersAsk(1, [this.webs[at]!], true);
    this.webs[at]!.child.kill('SIGKILL');
    await reading;
    this.webs[at] = await this.startOne();
    await this.readersAsk(1);
  }

  /** The database answers nothing for a while, and forty readers go on asking. */
  async silence(milliseconds: number): Promise<void> {
    this.database.silence();
    const until = Date.now() + milliseconds;
    try {
      while (Date.now() < until) await this.readersAsk(READERS);
    } finally {
      await this.database.recover();
    }
  }

  /** What went wrong, in words. */
  verdict(): { problems: string[]; asked: number; longestMs: number } {
    const { asked, longest, problems } = this;
    return { problems, asked, longestMs: Math.round(longest) };
  }

  stop(): void {
    for (const { child } of this.webs) child.kill('SIGKILL');
  }

  private async readersAsk(readers: number, webs = this.webs, mayBreak = false): Promise<void> {
    await Promise.all(
      Array.from({ length: readers }, (_, i) => this.ask(webs[i % webs.length]!, mayBreak)),
    );
  }

  private async ask({ port }: Web, mayBreak: boolean): Promise<void> {
    const number = this.asked++;
    const path = PATHS[number % PATHS.length]!.replace('N', String(number));
    const began = performance.now();
    try {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
        signal: AbortSignal.timeout(60_000),
      });
      await answer.arrayBuffer();
      this.statuses[answer.status] = (this.statuses[answer.status] ?? 0) + 1;
      const isTold = answer.status !== 503 || answer.headers.has('retry-after');
      if (![200, 404, 503].includes(answer.status) || !isTold) {
        this.problems.push(`${path} was answered with ${answer.status}`);
      }
    } catch (error) {
      if (!mayBreak) this.problems.push(`${path} was not answered: ${(error as Error).message}`);
    }
    const took = performance.now() - began;
    this.longest = Math.max(this.longest, took);
    if (took > MOST_MS) this.problems.push(`${path} took ${Math.round(took)} ms`);
  }

  private async startOne(): Promise<Web> {
    const child = fork(WEB, [], {
      cwd: ROOT,
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      env: {
        ...process.env,
        NODE_ENV: 'production',
        NEXT_TELEMETRY_DISABLED: '1',
        DATABASE_URL: this.database.url,
        DATABASE_POOL: '4',
        SECRET: 'a secret for torture alone',
        HOST: '127.0.0.1',
        PORT: '0',
      },
    });
    const port = await new Promise<number>((resolve, reject) => {
      child.once('message', (message: { port?: number }) =>
        message.port ? resolve(message.port) : reject(new Error(JSON.stringify(message))),
      );
      child.once('exit', () => reject(new Error('A web process ended as it started.')));
    });
    // The first page of each kind takes what loading its code takes.
    for (const path of PATHS) {
      await (await fetch(`http://127.0.0.1:${port}${path}`)).arrayBuffer();
    }
    return { child, port };
  }
}
