import { connect, createServer, type Socket } from 'node:net';
import { embeddedLocation } from '../lib/db/location';
import type { DatabaseTarget } from '../lib/db/target';

/** A TCP server before a database, which can fall silent or vanish. */
export interface DatabaseProxy {
  url: string;
  /** Takes connections and data, and answers nothing. */
  silence(): void;
  /** Refuses connections, and ends those that there are. */
  vanish(): Promise<void>;
  /** As it was: what was held goes on. */
  recover(): Promise<void>;
  stop(): Promise<void>;
}

export async function startDatabaseProxy(target: DatabaseTarget): Promise<DatabaseProxy> {
  const clients = new Map<Socket, Socket | null>();
  let isSilent = false;

  function reach(client: Socket): void {
    const database = connect(place(target));
    clients.set(client, database);
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
    if (!isSilent) reach(client);
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
