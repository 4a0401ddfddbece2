/**
 * The embedded database: PostgreSQL in WASM behind a Unix socket. `embedded.ts` starts it. It runs until
 * its owner has ended and its last client has left.
 */
import { chmodSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { pg_textsearch } from '@electric-sql/pglite-pg_textsearch';
import type { EmbeddedMessage } from './embedded';
import { embeddedLocation } from './location';
import { LockTaken, takeLock } from './lock';
import { WireServer } from './wire-server';

const [dataDir, purpose = 'a database without a name'] = process.argv.slice(2);
if (!dataDir) throw new Error('usage: embedded-process DATA_DIR [PURPOSE]');

const say = (message: EmbeddedMessage) => {
  if (process.connected) process.send?.(message);
};

/** How long it waits without owner and clients before it stops. A pool reconnects within this time. */
const LINGER_MS = 2_000;
const MAX_CONNECTIONS = 50;

const place = embeddedLocation(dataDir);
mkdirSync(place.folder, { recursive: true, mode: 0o700 });
mkdirSync(place.socketDir, { recursive: true, mode: 0o700 });
// In a shared temporary folder another user may have made it first, and could then read along.
if (process.getuid && statSync(place.socketDir).uid !== process.getuid()) {
  throw new Error(`${place.socketDir} belongs to another user; set DATA_DIR to a shorter path`);
}
for (const folder of [place.folder, place.socketDir]) chmodSync(folder, 0o700);

let release: () => void;
try {
  release = takeLock(place.lock, purpose);
} catch (error) {
  if (!(error instanceof LockTaken)) throw error;
  say({ kind: 'taken', holder: error.holder });
  process.exit(3);
}

// A signal that comes while the database opens must not leave the lock behind.
let stopping = false;
let stop = async () => {
  stopping = true;
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => void stop());

const database = await PGlite.create({
  dataDir: place.folder,
  extensions: { pg_textsearch },
});
rmSync(place.socket, { force: true });
const server = new WireServer(database, place.socket, MAX_CONNECTIONS);
await server.start();

stop = async () => {
  if (stopping) return;
  stopping = true;
  await server.stop();
  await database.close();
  rmSync(place.socket, { force: true });
  release();
  process.exit(0);
};
if (stopping) {
  stopping = false;
  await stop();
}

let idleSince: number | null = null;
let accepted = 0;
setInterval(() => {
  // A command first asks whether the database answers, and connects for its work a moment later.
  const needed = process.connected || server.connections > 0 || server.accepted > accepted;
  accepted = server.accepted;
  if (needed) idleSince = null;
  else idleSince ??= Date.now();
  if (idleSince !== null && Date.now() - idleSince >= LINGER_MS) void stop();
}, 250);
// Once the owner has ended, nobody reads this pipe.
process.stderr.on('error', () => {});
say({ kind: 'ready' });
