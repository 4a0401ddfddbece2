import { Readable, type Transform } from 'node:stream';
import { parseConnectionUrl } from 'nodemailer/lib/shared';
import SMTPConnection, { type SMTPError } from 'nodemailer/lib/smtp-connection';
import type { OutgoingMessage } from '../wire/message';
import type { SendOptions, SendResult } from './mailer';
import { type Phase, readReply, refusal } from './smtp-reply';

const DEFAULT_CONNECTIONS = 5;
/** Of silence, in milliseconds. RFC 5321 asks for 5 minutes at most steps. */
const SOCKET_TIMEOUT = 300_000;
const CONNECT_TIMEOUT = 30_000;

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

/** One conversation with the mail server, over which one message after another goes. */
export class Connection {
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
          const outcome = body.asked
            ? this.refusedWithBody(body, error)
            : this.refusedBeforeBody(error);
          outcome.then(resolve, reject);
        },
      );
    });
  }

  private async refusedWithBody(body: Body, error: SMTPError): Promise<SendResult> {
    // `beforeBody` may still be recording that the message leaves: wait for it before saying that the
    // message did not.
    await body.answered;
    // Half a message may be in the pipe: the connection is of no use any more.
    if (body.withdrawn || body.thrown || !error.responseCode) this.smtp.close();
    if (body.thrown) throw body.thrown.error;
    if (body.withdrawn) return unanswered('withdrawn', 'withdrawn before the body');
    if (error.responseCode) return refusal('data', error.response ?? '');
    return body.finished
      ? unanswered('uncertain', `no answer after the message: ${error.message}`)
      : { status: 'deferred', scope: 'recipient', ...ourWords(error) };
  }

  private async refusedBeforeBody(error: SMTPError): Promise<SendResult | null> {
    if (error.code === 'EMESSAGE') {
      // Larger than the server's announced limit; nodemailer does not even ask it.
      return { status: 'failed', scope: 'policy', suppress: false, ...ourWords(error) };
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
    await this.reset(error.responseCode === 421);
    const phase: Phase =
      error.command === 'MAIL FROM' ? 'mail' : error.command === 'DATA' ? 'data' : 'rcpt';
    return refusal(phase, error.response ?? '');
  }

  /** To the server a refused message goes on until it is told otherwise. 421 means: it hangs up. */
  private async reset(hangingUp: boolean): Promise<void> {
    if (!hangingUp && this.alive()) {
      const done = await new Promise<boolean>((resolve) => {
        const ended = () => resolve(false);
        this.smtp.once('end', ended);
        this.smtp.reset((failed) => {
          this.smtp.off('end', ended);
          resolve(!failed);
        });
      });
      if (done) return;
    }
    this.smtp.close();
  }
}

const DOT = '.'.charCodeAt(0);

/** A message's bytes, read once the server asked for them, and what became of the reading. */
class Body extends Readable {
  asked = false;
  finished = false;
  withdrawn = false;
  thrown: { error: unknown } | null = null;
  /** Settles when `beforeBody` has. */
  answered: Promise<void> = Promise.resolve();
  private into: Transform | null = null;

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
    this.answered = beforeBody().then(
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

  /**
   * nodemailer pipes a message through a stream that looks at every byte for line ends to repair and
   * dots to double: a fifth of the work of sending. Where there can be none, only the last line end
   * goes that way, and all before it straight into the stream's output.
   */
  private give(): void {
    const { raw } = this;
    const end = raw.length - 2;
    if (this.into && raw.indexOf('\r\n', end) === end && !raw.includes('\n.') && raw[0] !== DOT) {
      this.into.push(raw.subarray(0, end));
      this.push(raw.subarray(end));
    } else {
      this.push(raw);
    }
    this.push(null);
  }

  override pipe<T extends NodeJS.WritableStream>(destination: T): T {
    this.into = destination as unknown as Transform;
    return super.pipe(destination);
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
