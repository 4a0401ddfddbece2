import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { embeddedLocation } from '../lib/db/location';
import type { DatabaseTarget } from '../lib/db/target';

/** A TCP server before a database, which can fall silent, vanish or have no room; with TLS, if told. */
export interface DatabaseProxy {
  url: string;
  /** Takes connections and data, and answers nothing. */
  silence(): void;
  /** Refuses connections, and ends those that there are. */
  vanish(): Promise<void>;
  /** Tells the next so many connections that there are too many (53300). */
  haveNoRoom(connections: number): void;
  /** As it was: what was held goes on. */
  recover(): Promise<void>;
  stop(): Promise<void>;
}

const SSL_REQUEST = 80_877_103;
const NO_ROOM = ['SFATAL', 'VFATAL', 'C53300', 'Msorry, too many clients already', '', ''].join(
  '\0',
);

export async function startDatabaseProxy(
  target: DatabaseTarget,
  tls?: { cert: string; key: string },
): Promise<DatabaseProxy> {
  const clients = new Map<Socket, Socket | null>();
  let isSilent = false;
  let toRefuse = 0;

  /** Answers the request for TLS that a client begins with, and gives what goes on inside. */
  async function inside(client: Socket): Promise<Socket> {
    if (!tls) return client;
    const [request] = (await once(client, 'data')) as [Buffer];
    if (request.readInt32BE(4) !== SSL_REQUEST) throw new Error('no TLS was asked for');
    client.write('S');
    return new TLSSocket(client, { isServer: true, ...tls });
  }

  async function refuse(client: Socket): Promise<void> {
    await once(client, 'data');
    const head = Buffer.alloc(5);
    head.write('E');
    head.writeInt32BE(NO_ROOM.length + 4, 1);
    client.end(Buffer.concat([head, Buffer.from(NO_ROOM)]));
  }

  function reach(client: Socket): void {
    const database = connect(place(target));
    clients.set(client, database);
    client.on('error', () => database.destroy());
    client.pipe(database).pipe(client);
    database.on('error', () => client.destroy());
  }

  const server = createServer((client) => {
    clients.set(client, null);
    client.on('error', () => {});
    client.on('close', () => {
      clients.get(client)?.destroy();
      clients.delete(client);
    });
    if (isSilent) return;
    if (toRefuse-- > 0) return void refuse(client);
    inside(client).then(reach, () => client.destroy());
  });
  const listen = (port: number) =>
    new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  await listen(0);
  const { port } = server.address() as { port: number };
  const vanish = async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const client of clients.keys()) client.destroy();
    await closed;
  };

  const url = new URL('url' in target ? target.url : 'postgresql://postgres@host/postgres');
  url.hostname = '127.0.0.1';
  url.port = String(port);
  return {
    url: url.href,
    silence() {
      isSilent = true;
      for (const [client, database] of clients) {
        client.unpipe();
        database?.unpipe();
      }
    },
    vanish,
    haveNoRoom(connections) {
      toRefuse = connections;
    },
    async recover() {
      isSilent = false;
      if (!server.listening) await listen(port);
      for (const [client, database] of clients) {
        if (database) client.pipe(database).pipe(client);
        else reach(client);
      }
    },
    async stop() {
      if (server.listening) await vanish();
    },
  };
}

function place(target: DatabaseTarget) {
  if (!('url' in target)) return { path: embeddedLocation(target.dataDir).socket };
  const { hostname, port } = new URL(target.url);
  return { host: hostname, port: Number(port || 5432) };
}
