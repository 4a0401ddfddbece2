import { Readable } from 'node:stream';
import { parseConnectionUrl } from 'nodemailer/lib/shared';
import SMTPConnection, { type SMTPError } from 'nodemailer/lib/smtp-connection';
import type { Mailer, OutgoingMessage, SendOptions, SendResult } from './mailer';
import { type Phase, readReply, refusal } from './result';

/** After so many messages a connection is replaced; many servers end it at a hundred themselves. */
const MESSAGES_A_CONNECTION = 100;
const DEFAULT_CONNECTIONS = 5;
/** Of silence, in milliseconds. RFC 5321 asks for 5 minutes at most steps. */
const SOCKET_TIMEOUT = 300_000;
const CONNECT_TIMEOUT = 30_000;
/** An unused connection is closed after this long, in milliseconds. */
const IDLE = 15_000;

/**
 * Sends over a few kept connections. nodemailer's connection speaks SMTP; its pool is not used, since
 * it hides whether a message's body had left when a connection died, which decides between sending
 * again and never.
 */
export class SmtpMailer implements Mailer {
  readonly kind = 'smtp';
  readonly connections: number;
  private readonly options: ReturnType<typeof connectionOptions>;
  private readonly idle: Connection[] = [];
  private readonly waiting: (() => void)[] = [];
  private busy = 0;

  /**
   * @param url `smtp://user:password@host:port` or `smtps://…`; query: `connections`, `name` (EHLO),
   * `requireTLS=true`, `ignoreTLS=true`, `tls.rejectUnauthorized=false`, `socketTimeout` (ms)
   */
  constructor(url: string) {
    this.options = connectionOptions(url);
    this.connections = this.options.connections;
  }

  async send(message: OutgoingMessage, { beforeBody }: SendOptions = {}): Promise<SendResult> {
    await this.turn();
    try {
      // The server may have hung up on a connection that lay idle: that says nothing about the message.
      const kept = this.take();
      const first = kept && (await this.attempt(kept, message, beforeBody));
      return first ?? (await this.attemptFresh(message, beforeBody));
    } finally {
      this.busy--;
      this.waiting.shift()?.();
    }
  }

  async close(): Promise<void> {
    while (this.busy > 0) await new Promise<void>((resolve) => this.waiting.push(resolve));
    for (const connection of this.idle.splice(0)) connection.quit();
  }

  private async turn(): Promise<void> {
    while (this.busy >= this.connections) {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    this.busy++;
  }

  private take(): Connection | undefined {
    while (this.idle.length > 0) {
      const connection = this.idle.pop()!;
      if (connection.alive()) return connection;
    }
    return undefined;
  }

  private async attemptFresh(
    message: OutgoingMessage,
    beforeBody: SendOptions['beforeBody'],
  ): Promise<SendResult> {
    const connection = new Connection(this.options);
    const problem = await connection.open();
    if (problem) return problem;
    const outcome = await this.attempt(connection, message, beforeBody);
    return (
      outcome ?? {
        status: 'deferred',
        scope: 'recipient',
        code: null,
        enhanced: null,
        text: 'the server closed the connection before the message was sent',
      }
    );
  }

  /** Null: the connection died before the body began, so nothing was sent. */
  private async attempt(
    connection: Connection,
    message: OutgoingMessage,
    beforeBody: SendOptions['beforeBody'],
  ): Promise<SendResult | null> {
    const outcome = await connection.transmit(message, beforeBody);
    if (connection.alive() && connection.sent < MESSAGES_A_CONNECTION) {
      connection.rest(IDLE);
      this.idle.push(connection);
    } else {
      connection.quit();
    }
    return outcome;
  }
}

/** The URL taken apart for nodemailer. */
export function connectionOptions(url: string) {
  const {
    auth,
    connections,
    socketTimeout,
    pool: _pool,
    ...rest
  } = parseConnectionUrl(url) as {
    auth?: { user: string; pass: string };
    connections?: string | number;
    socketTimeout?: string | number;
    pool?: boolean;
  } & ConstructorParameters<typeof SMTPConnection>[0];
  return {
    auth,
    connections: Math.min(50, Math.max(1, Number(connections) || DEFAULT_CONNECTIONS)),
    connection: {
      ...rest,
      connectionTimeout: CONNECT_TIMEOUT,
      greetingTimeout: CONNECT_TIMEOUT,
      socketTimeout: Number(socketTimeout) || SOCKET_TIMEOUT,
    },
  };
}

class Connection {
  sent = 0;
  private readonly smtp: SMTPConnection;
  private readonly auth: { user: string; pass: string } | undefined;
  private idleTimer: NodeJS.Timeout | undefined;

  constructor(options: ReturnType<typeof connectionOptions>) {
    this.smtp = new SMTPConnection(options.connection);
    this.auth = options.auth;
    // What goes wrong during a command comes back from that command; the rest is an idle hang-up.
    this.smtp.on('error', () => {});
  }

  /** Connects and logs in. Null when all is well. */
  open(): Promise<SendResult | null> {
    return new Promise((resolve) => {
      const fail = (error: SMTPError) => {
        this.smtp.close();
        resolve(failure('connect', error));
      };
      this.smtp.once('error', fail);
      this.smtp.connect((error) => {
        this.smtp.off('error', fail);
        if (error) return fail(error);
        if (!this.auth) return resolve(null);
        this.smtp.login(this.auth, (error) => (error ? fail(error) : resolve(null)));
      });
    });
  }

  alive(): boolean {
    return !this.smtp.destroyed;
  }

  /** Keeps the connection for a while; the process may end meanwhile. */
  rest(milliseconds: number): void {
    this.idleTimer = setTimeout(() => this.quit(), milliseconds);
    this.idleTimer.unref();
  }

  quit(): void {
    clearTimeout(this.idleTimer);
    if (this.alive()) this.smtp.quit();
  }

  /** Null: the connection died before the body began. Rejects with what `beforeBody` threw. */
  transmit(
    { envelope, raw }: OutgoingMessage,
    beforeBody: SendOptions['beforeBody'],
  ): Promise<SendResult | null> {
    clearTimeout(this.idleTimer);
    this.sent++;
    const body = new Body(raw, beforeBody);
    return new Promise((resolve, reject) => {
      this.smtp.send(
        { from: envelope.from, to: [envelope.to], size: raw.length },
        body,
        (error, info) => {
          if (!error) return resolve({ status: 'sent', ...readReply(info.response) });
          if (body.asked) {
            // Half a message may be in the pipe: the connection is of no use any more.
            if (body.withdrawn || body.thrown || !error.responseCode) this.smtp.close();
            if (body.thrown) return reject(body.thrown.error);
            if (body.withdrawn)
              return resolve(unanswered('withdrawn', 'withdrawn before the body'));
            if (!error.responseCode) {
              return resolve(
                body.finished
                  ? unanswered('uncertain', `no answer after the message: ${error.message}`)
                  : { status: 'deferred', scope: 'recipient', ...ourWords(error) },
              );
            }
            return resolve(refusal('data', error.response ?? ''));
          }
          resolve(this.refusedBeforeBody(error));
        },
      );
    });
  }

  private refusedBeforeBody(error: SMTPError): SendResult | null {
    if (error.code === 'EMESSAGE') {
      // Larger than the server's announced limit; nodemailer does not even ask it.
      return { status: 'failed', scope: 'ours', suppress: false, ...ourWords(error) };
    }
    if (error.code === 'EENVELOPE' && !error.responseCode) {
      return { status: 'failed', scope: 'recipient', suppress: false, ...ourWords(error) };
    }
    if (error.code !== 'EENVELOPE') {
      this.smtp.close();
      // 421 closes the connection: said to the first message of a new one, it is about the message;
      // said to a later one, the connection may simply have lived long enough.
      if (error.responseCode === 421 && this.sent === 1) {
        return refusal('rcpt', error.response ?? '');
      }
      return null;
    }
    const phase: Phase =
      error.command === 'MAIL FROM' ? 'mail' : error.command === 'DATA' ? 'data' : 'rcpt';
    return refusal(phase, error.response ?? '');
  }
}

/** A message's bytes, read once the server asked for them, and what became of the reading. */
class Body extends Readable {
  asked = false;
  finished = false;
  withdrawn = false;
  thrown: { error: unknown } | null = null;

  constructor(
    private readonly raw: Buffer,
    private readonly beforeBody: SendOptions['beforeBody'],
  ) {
    super({ highWaterMark: raw.length + 1 });
    // After this the final dot leaves: an answer that then fails to come leaves the outcome open.
    this.once('end', () => {
      this.finished = true;
    });
  }

  override _read(): void {
    if (this.asked) return;
    this.asked = true;
    if (this.beforeBody) this.askFirst(this.beforeBody);
    else this.give();
  }

  private askFirst(beforeBody: NonNullable<SendOptions['beforeBody']>): void {
    beforeBody().then(
      (goOn) => {
        if (goOn) return this.give();
        this.withdrawn = true;
        this.destroy(new Error('withdrawn'));
      },
      (error: unknown) => {
        this.thrown = { error };
        this.destroy(new Error('stopped'));
      },
    );
  }

  private give(): void {
    this.push(this.raw);
    this.push(null);
  }
}

function failure(phase: Phase, error: SMTPError): SendResult {
  return error.response
    ? refusal(phase, error.response)
    : { status: 'deferred', scope: 'connection', ...ourWords(error) };
}

function ourWords(error: SMTPError) {
  return { code: error.responseCode ?? null, enhanced: null, text: error.message.slice(0, 500) };
}

function unanswered(status: 'uncertain' | 'withdrawn', text: string): SendResult {
  return { status, code: null, enhanced: null, text: text.slice(0, 500) };
}
