import { createServer, type Server, type Socket } from 'node:net';
import type { PGlite } from '@electric-sql/pglite';

/**
 * Serves PGlite to ordinary PostgreSQL clients, which share one backend and its unnamed statement. So it
 * runs all messages up to a Sync in one go, and nothing of other clients within a transaction.
 */
export class WireServer {
  private readonly server: Server;
  private readonly clients = new Set<Client>();
  private queue: Job[] = [];
  private running = false;
  /** How many connections there were in all. */
  accepted = 0;
  /** The client whose transaction, or sequence of messages, is unfinished. */
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

  /** A client that left must not keep others waiting for the rest of its transaction. */
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
        // The backend failed outside of SQL and sent no answer, so the connection ends.
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
  /** Complete messages. Null: the client has left. */
  batch: Uint8Array | null;
  /** More messages of the same sequence will follow. */
  open: boolean;
}

const SSL_REQUEST = 80_877_103;
const GSS_REQUEST = 80_877_104;
const CANCEL_REQUEST = 80_877_102;

const SYNC = Uint8Array.from([0x53, 0, 0, 0, 4]);
const ROLLBACK = new Uint8Array(Buffer.from('Q\0\0\0\u000dROLLBACK\0', 'latin1'));

/** Query, Sync and FunctionCall end a sequence of messages. */
const ENDS = new Set(['Q', 'S', 'F'].map((type) => type.charCodeAt(0)));
const FLUSH = 'H'.charCodeAt(0);
const TERMINATE = 'X'.charCodeAt(0);

/** One connection. Cuts its messages into batches that can run in one go. */
class Client {
  private received: Buffer = Buffer.alloc(0);
  private started = false;
  /** Where the complete messages in `received` end. */
  private complete = 0;

  constructor(
    readonly socket: Socket,
    private readonly onBatch: (batch: Uint8Array, open: boolean) => void,
  ) {}

  send(data: Uint8Array): void {
    // The data are a view of memory that the database will use again.
    if (this.socket.writable) this.socket.write(Buffer.from(data));
  }

  receive(data: Buffer): void {
    this.received = this.received.length === 0 ? data : Buffer.concat([this.received, data]);
    while (this.started ? this.takeMessage() : this.takeStartup());
  }

  /** The first messages of a connection have no type. */
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
      // There is no second process that could cancel the query.
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
