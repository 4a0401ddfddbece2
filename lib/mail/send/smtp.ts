import type { OutgoingMessage } from '../wire/message';
import type { Mailer, SendOptions, SendResult } from './mailer';
import { Connection, connectionOptions } from './smtp-connection';

/** After so many messages a connection is replaced; many servers end it at a hundred themselves. */
const MESSAGES_A_CONNECTION = 100;
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
  private readonly closing: (() => void)[] = [];
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
    await this.takeSlot();
    try {
      // The server may have hung up on a connection that lay idle: that says nothing about the message.
      const kept = this.takeIdle();
      const first = kept && (await this.attempt(kept, message, beforeBody));
      return first ?? (await this.attemptFresh(message, beforeBody));
    } finally {
      this.releaseSlot();
    }
  }

  async close(): Promise<void> {
    if (this.busy > 0) await new Promise<void>((resolve) => this.closing.push(resolve));
    for (const connection of this.idle.splice(0)) connection.quit();
  }

  private async takeSlot(): Promise<void> {
    if (this.busy < this.connections) this.busy++;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  /** Hands the slot to the call that has waited longest. */
  private releaseSlot(): void {
    const next = this.waiting.shift();
    if (next) {
      next();
      return;
    }
    this.busy--;
    if (this.busy === 0) for (const done of this.closing.splice(0)) done();
  }

  private takeIdle(): Connection | undefined {
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
