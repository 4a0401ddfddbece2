import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ownDataFolder } from '@/lib/runtime/data-folder';
import type { OutgoingMessage } from '../wire/message';
import type { Mailer, SendOptions, SendResult } from './mailer';

/** The folder that stands for a mail server where none is set. */
export function outboxFolder(dataDir: string): string {
  return join(/* turbopackIgnore: true */ dataDir, 'outbox');
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
    const stamp = new Date().toISOString().replace(/[-:.]/g, '').replace('T', '-').slice(0, 18);
    const name = `${stamp}-${randomBytes(4).toString('hex')}.eml`;
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
