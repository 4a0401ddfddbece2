import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { type Asker, type DatabaseTarget, poolConfig } from './target';

/** The server has no connection to give, or is only just starting: it may be over in a moment. */
const OVER_SOON = ['53300', '57P03'];
const TRY_AGAIN_MS = 250;

type Connected = (error: Error | undefined, client?: pg.PoolClient, release?: () => void) => void;

/** Connections to a database, for one kind of asker. */
export class Pool extends pg.Pool {
  private readonly patience: number;
  /** For a connection, since the process began. */
  readonly waits = { count: 0, seconds: 0 };

  constructor(
    target: DatabaseTarget,
    readonly asker: Asker,
  ) {
    const config = poolConfig(target, asker);
    super({ ...config, Client: Connection } as pg.PoolConfig);
    this.patience = config.connectionTimeoutMillis ?? 0;
    // The pool replaces a connection that breaks while idle. One in use fails its caller's query.
    this.on('error', () => {});
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: Connected): void;
  override connect(callback?: Connected): Promise<pg.PoolClient> | undefined {
    const connecting = this.connectPatiently();
    if (!callback) return connecting;
    connecting.then(
      (client) => callback(undefined, client, () => client.release()),
      (error) => callback(error),
    );
  }

  private async connectPatiently(): Promise<pg.PoolClient> {
    const began = performance.now();
    const until = Date.now() + this.patience;
    for (;;) {
      try {
        const client = await super.connect();
        this.waits.count++;
        this.waits.seconds += (performance.now() - began) / 1_000;
        return client;
      } catch (error) {
        const isOverSoon = OVER_SOON.includes((error as { code?: string }).code ?? '');
        if (!isOverSoon || Date.now() + TRY_AGAIN_MS > until) throw error;
        await delay(TRY_AGAIN_MS);
      }
    }
  }
}

/** One that ends when the server has not answered in time: whoever came next would wait behind that query. */
class Connection extends pg.Client {
  // biome-ignore lint/suspicious/noExplicitAny: pg's own has eight signatures, and this is all of them
  override query(...args: any[]): any {
    const callback = args.at(-1);
    if (typeof callback === 'function') {
      args[args.length - 1] = (error: Error | null, result: unknown) => {
        this.endIfSilent(error);
        callback(error, result);
      };
    }
    const answer = Reflect.apply(super.query, this, args);
    if (answer instanceof Promise) answer.catch((error) => this.endIfSilent(error));
    return answer;
  }

  private endIfSilent(error: Error | null): void {
    if (error?.message === 'Query read timeout') this.connection.stream.destroy();
  }
}
