/**
 * The embedded database: PostgreSQL in WASM behind a Unix socket, in a process of its own because it
 * blocks while it works and may be restarted alone. Started by `embedded.ts`; one argument, the data
 * folder. It lives as long as the process that started it or any client that is connected, then
 * closes cleanly.
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

/** How long without owner and without clients before it stops: a pool reconnects within this. */
const LINGER_MS = 2_000;
const MAX_CONNECTIONS = 50;

const place = embeddedLocation(dataDir);
mkdirSync(dataDir, { recursive: true, mode: 0o700 });
// Its files are readable to whoever can come near them; a folder that was there keeps its mode.
mkdirSync(place.folder, { recursive: true, mode: 0o700 });
mkdirSync(place.socketDir, { recursive: true, mode: 0o700 });
// In a shared temporary folder somebody else may have made it first: then whoever made it could
// read along, so it must be ours and closed to others.
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

// Signals are handled before the database opens: one that comes meanwhile must not leave the lock.
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
  // A command that has just asked whether this database answers is about to connect for its work.
  const needed = process.connected || server.connections > 0 || server.accepted > accepted;
  accepted = server.accepted;
  if (needed) idleSince = null;
  else idleSince ??= Date.now();
  if (idleSince !== null && Date.now() - idleSince >= LINGER_MS) void stop();
}, 250);
// The owner may be gone, and with it the other end of this pipe.
process.stderr.on('error', () => {});
say({ kind: 'ready' });
