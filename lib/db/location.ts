import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where the embedded database of a data folder keeps its files. The same for every process. */
interface EmbeddedLocation {
  /** The database's own folder. */
  folder: string;
  /** Who has it open: pid and start time. */
  lock: string;
  /** Folder of the Unix socket; clients name it as their host. */
  socketDir: string;
  socket: string;
}

/** The system's limit for a socket's path is 108 bytes, or 104 on macOS, with the final zero. */
const LONGEST_SOCKET_PATH = 100;

export function embeddedLocation(dataDir: string): EmbeddedLocation {
  const near = join(dataDir, 'run');
  const name = '.s.PGSQL.5432';
  const digest = createHash('sha256').update(dataDir).digest('hex').slice(0, 16);
  const socketDir =
    Buffer.byteLength(join(near, name)) <= LONGEST_SOCKET_PATH
      ? near
      : join(tmpdir(), `broadsheet-${process.getuid?.() ?? 0}-${digest}`);
  return {
    folder: join(dataDir, 'database'),
    lock: join(dataDir, 'database.lock'),
    socketDir,
    socket: join(socketDir, name),
  };
}
