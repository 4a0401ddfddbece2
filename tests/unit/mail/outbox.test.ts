import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { forgetOutbox, OutboxMailer, outboxFolder } from '@/lib/mail/send/outbox';
import { listOutbox, readOutboxMail } from '@/lib/mail/send/outbox-reader';

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

async function dataDir(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'broadsheet-outbox-'));
  folders.push(folder);
  return folder;
}

function message(subject: string) {
  return {
    envelope: { from: 'digest@x.example', to: 'reader@example.net' },
    raw: Buffer.from(
      `To: reader@example.net\r\nSubject: ${subject}\r\nDate: Mon, 23 Nov 2026 08:00:00 +0000\r\n\r\nHello\r\n`,
    ),
  };
}

test('each mail becomes a file of its own, whole or not at all, newest first in the list', async () => {
  const dir = await dataDir();
  const mailer = new OutboxMailer(dir);
  for (const subject of ['one', 'two', 'three']) {
    expect(await mailer.send(message(subject))).toMatchObject({ status: 'sent' });
    await new Promise((resolve) => setTimeout(resolve, 3));
  }
  const names = await readdir(outboxFolder(dir));
  expect(names).toHaveLength(3);
  expect(names.every((name) => name.endsWith('.eml'))).toBe(true);
  const { entries, total } = await listOutbox(dir);
  expect(total).toBe(3);
  expect(entries.map(({ subject }) => subject)).toEqual(['three', 'two', 'one']);
  expect(await readOutboxMail(dir, entries[0]!.name)).toMatchObject({
    subject: 'three',
    text: 'Hello\n',
  });
});

test('a folder that cannot be written to is a clear error, and nothing counts as sent', async () => {
  const dir = await dataDir();
  await writeFile(join(dir, 'outbox'), 'a file where the folder should be');
  expect(await new OutboxMailer(dir).send(message('x'))).toMatchObject({
    status: 'deferred',
    scope: 'connection',
    text: expect.stringContaining('outbox'),
  });
});

test('a withdrawn mail leaves nothing', async () => {
  const dir = await dataDir();
  const mailer = new OutboxMailer(dir);
  expect(await mailer.send(message('x'), { beforeBody: async () => false })).toMatchObject({
    status: 'withdrawn',
  });
  expect((await listOutbox(dir)).total).toBe(0);
});

test.each(['../secrets.json', '..', 'x/../../y.eml', 'a.eml\0', '.eml', 'nothing.eml'])(
  'no name leads out of the folder: %j',
  async (name) => {
    const dir = await dataDir();
    await writeFile(join(dir, 'y.eml'), 'Subject: secret\r\n\r\nsecret');
    expect(await readOutboxMail(dir, name)).toBe(null);
  },
);

test('mails from before a day are forgotten, half-written ones too, and nothing else in the folder', async () => {
  const dir = await dataDir();
  const mailer = new OutboxMailer(dir);
  await mailer.send(message('new'));
  const old = '20200101-000000000-0a0a0a0a.eml';
  for (const name of [old, `${old}.part`, '0-notes.txt']) {
    await writeFile(join(outboxFolder(dir), name), 'x');
  }
  expect(await forgetOutbox(dir, new Date('2020-02-01T00:00:00Z'))).toBe(2);
  const names = await readdir(outboxFolder(dir));
  expect(names).toHaveLength(2);
  expect(names).toContain('0-notes.txt');
  expect(await forgetOutbox(join(dir, 'nowhere'), new Date())).toBe(0);
});
