import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, describe, expect, test } from 'vitest';
import { SmtpMailer } from '@/lib/mail/send/smtp';
import type { OutgoingMessage } from '@/lib/mail/wire/message';

const opened: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

interface Sink {
  mailer: SmtpMailer;
  received: { from: string; to: string; raw: string; session: string }[];
}

async function sink(options: SMTPServerOptions = {}, query = '', auth = ''): Promise<Sink> {
  const received: Sink['received'] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk) => chunks.push(chunk));
      stream.on('end', () => {
        received.push({
          from: session.envelope.mailFrom ? session.envelope.mailFrom.address : '',
          to: session.envelope.rcptTo[0]!.address,
          raw: Buffer.concat(chunks).toString(),
          session: session.id,
        });
        done(null, '2.0.0 queued');
      });
    },
    ...options,
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as { port: number };
  const mailer = new SmtpMailer(`smtp://${auth}127.0.0.1:${port}${query}`);
  opened.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
  opened.push(() => mailer.close());
  return { mailer, received };
}

/** A server that says `script` line by line, one for each line it hears, then hangs up or goes silent. */
async function scripted(script: (line: string, heard: string[]) => string | null, query = '') {
  const sockets = new Set<Socket>();
  const heard: string[] = [];
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    const greeting = script('', heard);
    if (greeting === null) return socket.destroy();
    socket.write(`${greeting}\r\n`);
    let rest = '';
    let inBody = false;
    socket.on('data', (data) => {
      rest += data.toString('latin1');
      for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
        const line = rest.slice(0, end);
        rest = rest.slice(end + 2);
        if (inBody && line !== '.') continue;
        inBody = false;
        heard.push(line);
        const answer = script(line, heard);
        if (answer === null) return socket.destroy();
        if (answer.startsWith('354')) inBody = true;
        if (answer) socket.write(`${answer}\r\n`);
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const mailer = new SmtpMailer(`smtp://127.0.0.1:${port}${query}`);
  opened.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  });
  return { mailer, heard };
}

const usual = (line: string): string => {
  if (line === '') return '220 sink';
  if (line.startsWith('EHLO')) return '250 sink';
  if (line === 'DATA') return '354 go on';
  if (line === '.') return '250 2.0.0 queued as 1';
  return '250 ok';
};

function message(to = 'reader@example.net', text = 'Hello'): OutgoingMessage {
  return {
    envelope: { from: 'digest@papers.example.org', to },
    raw: Buffer.from(`Subject: x\r\nTo: ${to}\r\n\r\n${text}\r\n`),
  };
}

describe('a message that the server takes', () => {
  test.each(['Hello', 'Hello\r\n', '.\r\n..two\r\nend.'])(
    'arrives byte for byte, and the answer is kept: %j',
    async (text) => {
      const { mailer, received } = await sink();
      const sent = message('reader@example.net', text);
      expect(await mailer.send(sent)).toEqual({
        status: 'sent',
        code: 250,
        enhanced: '2.0.0',
        text: 'queued',
      });
      expect(received).toHaveLength(1);
      expect(received[0]).toMatchObject({
        from: 'digest@papers.example.org',
        to: 'reader@example.net',
        raw: sent.raw.toString(),
      });
    },
  );

  test('shares kept connections with others, never more than set', async () => {
    const { mailer, received } = await sink({}, '?connections=3');
    expect(mailer.connections).toBe(3);
    const all = Array.from({ length: 60 }, (_, i) => mailer.send(message(`r${i}@example.net`)));
    for (const result of await Promise.all(all)) expect(result.status).toBe('sent');
    expect(new Set(received.map((one) => one.to)).size).toBe(60);
    expect(new Set(received.map((one) => one.session)).size).toBe(3);
  });

  test('goes over a fresh connection when the server hung up on the kept one', async () => {
    let greetings = 0;
    const { mailer } = await scripted((line, heard) => {
      if (line === '') greetings++;
      if (line.startsWith('MAIL') && greetings === 1 && heard.includes('.')) return null;
      return usual(line);
    });
    expect((await mailer.send(message())).status).toBe('sent');
    expect((await mailer.send(message())).status).toBe('sent');
    expect(greetings).toBe(2);
  });
});

test('closing waits for what is under way and for what waits its turn', async () => {
  const { mailer, received } = await sink({}, '?connections=2');
  const all = Array.from({ length: 12 }, (_, i) => mailer.send(message(`r${i}@example.net`)));
  await mailer.close();
  expect(received).toHaveLength(12);
  for (const result of await Promise.all(all)) expect(result.status).toBe('sent');
});

test('a refused message is over before the next one begins, on the same connection', async () => {
  let open = false;
  let greetings = 0;
  const { mailer } = await scripted((line) => {
    if (line === '') greetings++;
    if (line.startsWith('RSET') || line === '.') open = false;
    if (line.startsWith('MAIL')) {
      if (open) return '503 5.5.1 nested MAIL command';
      open = true;
    }
    if (line.startsWith('RCPT') && line.includes('unknown')) return '550 5.1.1 no such user';
    return usual(line);
  });
  expect((await mailer.send(message('unknown@example.net'))).status).toBe('failed');
  expect((await mailer.send(message('reader@example.net'))).status).toBe('sent');
  expect(greetings).toBe(1);
});

describe('what went wrong is told by whom it concerns', () => {
  const answers: [string, string, string, object][] = [
    [
      'greylisting',
      'RCPT',
      '450 4.2.0 greylisted, try again',
      { status: 'deferred', scope: 'recipient' },
    ],
    [
      'a domain that is busy',
      'RCPT',
      '451 4.7.1 slow down',
      { status: 'deferred', scope: 'domain' },
    ],
    [
      'a domain that hangs up',
      'RCPT',
      '421 4.3.0 too busy',
      { status: 'deferred', scope: 'domain' },
    ],
    [
      'an unknown user',
      'RCPT',
      '550 5.1.1 no such user',
      { status: 'failed', scope: 'recipient', suppress: true },
    ],
    [
      'an unknown user without status',
      'RCPT',
      '550 No such user here',
      { status: 'failed', scope: 'recipient', suppress: true },
    ],
    [
      'a full mailbox',
      'RCPT',
      '552 5.2.2 mailbox full',
      { status: 'deferred', scope: 'recipient' },
    ],
    ['a refused relay', 'RCPT', '550 5.7.1 relaying denied', { status: 'failed', scope: 'policy' }],
    [
      'a refused sender',
      'MAIL',
      '550 5.1.8 who are you',
      { status: 'deferred', scope: 'connection' },
    ],
    [
      'a limit on the sender',
      'MAIL',
      '451 4.4.5 hourly limit',
      { status: 'deferred', scope: 'connection' },
    ],
    ['spam', '.', '554 5.7.1 looks like spam', { status: 'failed', scope: 'policy' }],
    ['a full disk', '.', '452 4.3.1 no space', { status: 'deferred', scope: 'recipient' }],
    ['a busy greeting', '', '421 come back later', { status: 'deferred', scope: 'connection' }],
    ['a closed greeting', '', '554 go away', { status: 'deferred', scope: 'connection' }],
  ];
  test.each(answers)('%s', async (_, at, answer, expected) => {
    const { mailer } = await scripted((line) =>
      at === line || (at && line.startsWith(at)) ? answer : usual(line),
    );
    const code = Number(answer.slice(0, 3));
    expect(await mailer.send(message())).toMatchObject({ ...expected, code });
  });

  test('a server that is not there costs the recipient nothing', async () => {
    const mailer = new SmtpMailer('smtp://127.0.0.1:1');
    expect(await mailer.send(message())).toMatchObject({
      status: 'deferred',
      scope: 'connection',
      code: null,
      text: expect.stringContaining('ECONNREFUSED'),
    });
  });

  test('a refused login costs the recipient nothing', async () => {
    const { mailer } = await sink(
      { onAuth: (_, __, done) => done(new Error('no')), allowInsecureAuth: true },
      '',
      'user:wrong@',
    );
    expect(await mailer.send(message())).toMatchObject({
      status: 'deferred',
      scope: 'connection',
      code: 535,
    });
  });

  test('a hang-up before the body is no delivery', async () => {
    const { mailer } = await scripted((line) => (line.startsWith('RCPT') ? null : usual(line)));
    expect(await mailer.send(message())).toMatchObject({ status: 'deferred', scope: 'recipient' });
  });

  test('a hang-up after the final dot leaves the outcome open', async () => {
    const { mailer } = await scripted((line) => (line === '.' ? null : usual(line)));
    expect(await mailer.send(message())).toMatchObject({ status: 'uncertain', code: null });
  });

  test('silence after the final dot leaves the outcome open', async () => {
    const { mailer } = await scripted(
      (line) => (line === '.' ? '' : usual(line)),
      '?socketTimeout=300',
    );
    expect(await mailer.send(message())).toMatchObject({ status: 'uncertain', code: null });
  });
});

describe('just before the body', () => {
  test('is after the recipient was accepted and before anything of the message left', async () => {
    const { mailer, heard } = await scripted(usual);
    let before: string[] = [];
    const beforeBody = async () => {
      before = [...heard];
      return true;
    };
    expect((await mailer.send(message(), { beforeBody })).status).toBe('sent');
    expect(before.at(-1)).toBe('DATA');
  });

  test('is never reached for a refused recipient', async () => {
    let asked = 0;
    const { mailer } = await scripted((line) =>
      line.startsWith('RCPT') ? '550 5.1.1 no' : usual(line),
    );
    await mailer.send(message(), { beforeBody: async () => ++asked > 0 });
    expect(asked).toBe(0);
  });

  test('a message can be withdrawn, and nothing arrives', async () => {
    const { mailer, received } = await sink();
    expect(await mailer.send(message(), { beforeBody: async () => false })).toMatchObject({
      status: 'withdrawn',
    });
    expect((await mailer.send(message('next@example.net'))).status).toBe('sent');
    expect(received.map((one) => one.to)).toEqual(['next@example.net']);
  });

  test('an error there stops the message and comes back, and nothing arrives', async () => {
    const { mailer, received } = await sink();
    const lost = new Error('database gone');
    await expect(mailer.send(message(), { beforeBody: () => Promise.reject(lost) })).rejects.toBe(
      lost,
    );
    expect((await mailer.send(message('next@example.net'))).status).toBe('sent');
    expect(received.map((one) => one.to)).toEqual(['next@example.net']);
  });

  test('whoever is asked is heard out before the outcome is told, even when the line is dead', async () => {
    const { mailer } = await scripted(
      (line) => (line === 'DATA' ? '354 go on' : usual(line)),
      '?socketTimeout=200',
    );
    let written = false;
    const result = await mailer.send(message(), {
      beforeBody: async () => {
        await new Promise((resolve) => setTimeout(resolve, 600));
        written = true;
        return true;
      },
    });
    expect(written).toBe(true);
    expect(result).toMatchObject({ status: 'deferred', scope: 'recipient' });
  });
});
