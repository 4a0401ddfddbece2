import { createServer, type Server, type Socket } from 'node:net';
import type { PGlite } from '@electric-sql/pglite';

/**
 * Serves PGlite to ordinary PostgreSQL clients. All of them share one backend with one unnamed
 * statement, so what belongs together must run together: everything up to a Sync in one go, everything
 * up to the end of a transaction without anybody else in between. (PGlite's own socket server takes
 * turns message by message: where a large parameter arrives in several pieces, another client's
 * statement ran with it.)
 */
export class WireServer {
  private readonly server: Server;
  private readonly clients = new Set<Client>();
  private queue: Job[] = [];
  private running = false;
  /** How many connections there were in all. */
  accepted = 0;
  /** Whose transaction, or unfinished sequence of messages, is open. */
  private holder: Client | null = null;

  constructor(
    private readonly db: PGlite,
    private readonly path: string,
    private readonly maxConnections: number,
  ) {
    this.server = createServer((socket) => this.accept(socket));
  }

  get connections(): number {
    return this.clients.size;
  }

  start(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(this.path, resolve);
    });
  }

  async stop(): Promise<void> {
    for (const client of this.clients) client.socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private accept(socket: Socket): void {
    if (this.clients.size >= this.maxConnections) {
      socket.destroy();
      return;
    }
    this.accepted++;
    const client = new Client(socket, (batch, open) => this.enqueue({ client, batch, open }));
    this.clients.add(client);
    socket.on('data', (data) => client.receive(data));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.forget(client));
  }

  /** A client that left in the middle of something must not hold up the others. */
  private forget(client: Client): void {
    this.clients.delete(client);
    this.queue = this.queue.filter((job) => job.client !== client);
    this.enqueue({ client, batch: null, open: false });
  }

  private enqueue(job: Job): void {
    this.queue.push(job);
    if (!this.running) void this.work();
  }

  private async work(): Promise<void> {
    this.running = true;
    for (let job = this.next(); job; job = this.next()) {
      try {
        await this.run(job);
      } catch {
        // A backend that fails outside of SQL has nothing to tell; the client sees its connection end.
        job.client.socket.destroy();
      }
      this.holder = job.open || this.db.isInTransaction() ? job.client : null;
    }
    this.running = false;
  }

  private next(): Job | undefined {
    const { holder } = this;
    const at = holder === null ? 0 : this.queue.findIndex(({ client }) => client === holder);
    return at < 0 ? undefined : this.queue.splice(at, 1)[0];
  }

  private async run({ client, batch }: Job): Promise<void> {
    if (batch !== null) {
      await this.execute(batch, (data) => client.send(data));
    } else if (this.holder === client) {
      await this.execute(SYNC, () => {});
      if (this.db.isInTransaction()) await this.execute(ROLLBACK, () => {});
    }
  }

  private execute(batch: Uint8Array, onRawData: (data: Uint8Array) => void): Promise<void> {
    return this.db.runExclusive(() => this.db.execProtocolRawStream(batch, { onRawData }));
  }
}

interface Job {
  client: Client;
  /** Complete messages; null: the client is gone. */
  batch: Uint8Array | null;
  /** More messages of the same sequence are to come. */
  open: boolean;
}

const SSL_REQUEST = 80_877_103;
const GSS_REQUEST = 80_877_104;
const CANCEL_REQUEST = 80_877_102;

const SYNC = Uint8Array.from([0x53, 0, 0, 0, 4]);
const ROLLBACK = new Uint8Array(Buffer.from('Q\0\0\0\u000dROLLBACK\0', 'latin1'));

/** Query, Sync, FunctionCall: what comes before them (and they) is complete and answered. */
const ENDS = new Set(['Q', 'S', 'F'].map((type) => type.charCodeAt(0)));
const FLUSH = 'H'.charCodeAt(0);
const TERMINATE = 'X'.charCodeAt(0);

/** One connection: cuts what arrives into batches that can be run at once. */
class Client {
  private received: Buffer = Buffer.alloc(0);
  private started = false;
  /** Up to where `received` holds complete messages of an incomplete batch. */
  private complete = 0;

  constructor(
    readonly socket: Socket,
    private readonly onBatch: (batch: Uint8Array, open: boolean) => void,
  ) {}

  send(data: Uint8Array): void {
    // The data are a view into the database's memory, which it uses again.
    if (this.socket.writable) this.socket.write(Buffer.from(data));
  }

  receive(data: Buffer): void {
    this.received = this.received.length === 0 ? data : Buffer.concat([this.received, data]);
    while (this.started ? this.takeMessage() : this.takeStartup());
  }

  /** The messages before the first batch have no type. */
  private takeStartup(): boolean {
    if (this.received.length < 8) return false;
    const length = this.received.readInt32BE(0);
    if (this.received.length < length) return false;
    const code = this.received.readInt32BE(4);
    if (code === SSL_REQUEST || code === GSS_REQUEST) {
      this.received = this.received.subarray(length);
      this.socket.write('N');
      return true;
    }
    if (code === CANCEL_REQUEST) {
      // There is no second process that could be told.
      this.socket.destroy();
      return false;
    }
    this.started = true;
    this.complete = length;
    this.hand(false);
    return true;
  }

  private takeMessage(): boolean {
    if (this.received.length < this.complete + 5) return false;
    const type = this.received[this.complete]!;
    const end = this.complete + 1 + this.received.readInt32BE(this.complete + 1);
    if (this.received.length < end) return false;
    if (type === TERMINATE) {
      this.socket.end();
      return false;
    }
    this.complete = end;
    if (ENDS.has(type)) this.hand(false);
    else if (type === FLUSH) this.hand(true);
    return true;
  }

  private hand(open: boolean): void {
    const batch = new Uint8Array(this.received.subarray(0, this.complete));
    this.received = this.received.subarray(this.complete);
    this.complete = 0;
    this.onBatch(batch, open);
  }
}
