import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ownDataFolder } from '@/lib/runtime/data-folder';
import type { OutgoingMessage } from '../wire/message';
import type { Mailer, SendOptions, SendResult } from './mailer';

/** The folder that stands for a mail server where none is set. */
export function outboxFolder(dataDir: string): string {
  return join(/* turbopackIgnore: true */ dataDir, 'outbox');
}

/** What `OutboxMailer` calls its files; also keeps a path inside the folder. */
export function isMailName(name: string): boolean {
  return /^[0-9A-Za-z-]{1,80}\.eml$/.test(name);
}

/** The beginning of a file by the moment: names sort by time. */
function stampOf(at: Date): string {
  return at.toISOString().replace(/[-:.]/g, '').replace('T', '-').slice(0, 18);
}

const HEAD_BYTES = 16_384;

/** The beginning of a mail, with all its headers. */
export async function readHead(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** The names of all files there, those that a killed process left half written too. */
async function allNames(dataDir: string): Promise<string[]> {
  const names = await readdir(outboxFolder(dataDir)).catch(() => []);
  return names.filter((name) => isMailName(name.replace(/\.part$/, '')));
}

/** Removes every mail to one of the addresses. Gives how many there were. */
export async function removeFromOutbox(
  dataDir: string,
  addresses: readonly string[],
): Promise<number> {
  const gone = new Set(addresses.map((address) => address.toLowerCase()));
  let removed = 0;
  for (const name of await allNames(dataDir)) {
    const path = join(outboxFolder(dataDir), name);
    const head = (await readHead(path).catch(() => null))?.toString('latin1') ?? '';
    const [, to] = /^To: ([^\r\n]+)/im.exec(head) ?? [];
    if (to === undefined || !gone.has(to.trim().toLowerCase())) continue;
    await rm(path, { force: true });
    removed++;
  }
  return removed;
}

/** Removes mails from before a moment. Gives how many there were. */
export async function forgetOutbox(dataDir: string, before: Date): Promise<number> {
  const old = (await allNames(dataDir)).filter((name) => name < stampOf(before));
  for (const name of old) await rm(join(outboxFolder(dataDir), name), { force: true });
  return old.length;
}

/** Writes each message as an `.eml` file that any mail program opens. */
export class OutboxMailer implements Mailer {
  readonly kind = 'outbox';
  readonly connections = 5;
  private readonly folder: string;

  constructor(private readonly dataDir: string) {
    this.folder = outboxFolder(dataDir);
  }

  async send(message: OutgoingMessage, { beforeBody }: SendOptions = {}): Promise<SendResult> {
    if (beforeBody && !(await beforeBody())) {
      return { status: 'withdrawn', code: null, enhanced: null, text: 'withdrawn before the body' };
    }
    // By time, so that a listing sorts itself; random, so that several processes do not collide.
    const name = `${stampOf(new Date())}-${randomBytes(4).toString('hex')}.eml`;
    const path = join(this.folder, name);
    const unfinished = `${path}.part`;
    try {
      ownDataFolder(this.dataDir);
      await mkdir(this.folder, { recursive: true, mode: 0o700 });
      const file = await open(unfinished, 'wx', 0o600);
      try {
        await file.writeFile(message.raw);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(unfinished, path);
    } catch (error) {
      await rm(unfinished, { force: true }).catch(() => {});
      const { code, message: words } = error as NodeJS.ErrnoException;
      const text = code === 'ENOSPC' ? `no space left to write ${path}` : words;
      return { status: 'deferred', scope: 'connection', code: null, enhanced: null, text };
    }
    return { status: 'sent', code: 250, enhanced: null, text: `kept as outbox/${name}` };
  }

  async close(): Promise<void> {}
}
