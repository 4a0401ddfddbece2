import { mkdir, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { beforeAll, expect, inject, test } from 'vitest';
import { outboxPath } from '@/lib/mail/send/outbox-key';
import { cli } from '../server';

const NAME = '20261123-080000000-00000000.eml';
const MAIL = [
  'To: reader@example.net',
  'Subject: Hello <script>alert(1)</script>',
  'Date: Mon, 23 Nov 2026 08:00:00 +0000',
  'Content-Type: multipart/alternative; boundary=x',
  '',
  '--x',
  'Content-Type: text/plain',
  '',
  'Open http://localhost/confirm?token=abc please',
  '--x',
  'Content-Type: text/html',
  '',
  '<p onclick="alert(1)">Hello</p><script>alert(1)</script>',
  '--x--',
  '',
].join('\r\n');

beforeAll(async () => {
  const folder = join(inject('server').dataDir, 'outbox');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, NAME), MAIL);
});

/** fetch does not let a Host header through. */
function get(path: string, headers: Record<string, string> = {}) {
  return new Promise<{ status: number; policy: string; body: string }>((resolve, reject) => {
    request(`${inject('server').url}${path}`, { headers }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () =>
        resolve({
          status: response.statusCode!,
          policy: String(response.headers['content-security-policy']),
          body,
        }),
      );
    })
      .on('error', reject)
      .end();
  });
}

const { outbox, secret, dataDir } = inject('server');
const [, key = ''] = /key=(.+)$/.exec(outbox) ?? [];

test('whoever has the secret link reads the mails that were kept', async () => {
  const list = await get(outbox);
  expect(list.status).toBe(200);
  const [path] = new RegExp(`/outbox/${NAME}[^"]+`).exec(list.body) ?? [];
  const mail = await get(path!);
  expect(mail.status).toBe(200);
  expect(mail.body).toContain('href="http://localhost/confirm?token=abc"');
  expect(mail.body).not.toContain('<script>alert');
  expect(mail.body).toContain(`/outbox/${NAME}/html?key=`);
});

test('a mail’s HTML is shown in a sandbox where nothing runs and nothing loads', async () => {
  const { status, policy } = await get(`/outbox/${NAME}/html?key=${key}`);
  expect(status).toBe(200);
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain('sandbox');
  expect(policy).not.toContain('script-src');
  expect(policy).not.toContain('allow-scripts');
});

const LOCAL = { host: 'localhost' };

test.each([
  ['without the key', '', LOCAL],
  ['with an empty one', '?key=', LOCAL],
  ['with a part of it', `?key=${key.slice(0, -1)}`, LOCAL],
  ['with a longer one', `?key=${key}A`, LOCAL],
  ['with another secret’s', outboxPath(`${secret}x`).slice('/outbox'.length), LOCAL],
  ['with two', `?key=x&key=${key}`, LOCAL],
  // What a proxy on this machine makes of a stranger’s request, by its defaults.
  ['behind nginx', '', { host: '127.0.0.1:3000', connection: 'close' }],
  ['behind haproxy', '', { host: 'localhost' }],
])('to everybody else there is no such page: %s', async (_, query, headers) => {
  for (const path of ['/outbox', `/outbox/${NAME}`, `/outbox/${NAME}/html`]) {
    const { status, body } = await get(path + query, headers);
    expect(status).toBe(404);
    expect(body).not.toContain('token=abc');
  }
});

test('the command line says the link', async () => {
  const { code, out } = await cli(['outbox'], { DATA_DIR: dataDir, SITE_URL: 'https://a.example' });
  expect([code, out]).toEqual([0, `https://a.example${outbox}\n`]);
  const sending = { DATA_DIR: dataDir, SMTP_URL: 'smtp://localhost' };
  expect((await cli(['outbox'], sending)).code).toBe(1);
});

test('a mail service’s webhook is closed until its secret is set', async () => {
  for (const name of ['ses', 'postmark', 'sendgrid', 'mailgun', 'constructor']) {
    const response = await fetch(`${inject('server').url}/api/webhooks/${name}`, {
      method: 'POST',
      body: '{}',
    });
    expect(response.status).toBe(404);
  }
});
