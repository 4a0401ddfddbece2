import type { OutgoingMessage } from '../wire/message';

/** What the rest of the program knows about sending: a message goes in, what became of it comes out. */

interface Answer {
  /** The server's reply code, or null when no server answered. */
  code: number | null;
  /** Enhanced status code (RFC 3463) without the reply code, for example `5.1.1`. */
  enhanced: string | null;
  /** The server's words, or ours where the server said none. One line, at most 500 characters. */
  text: string;
}

/** Whom a refusal concerns, and so what has to be done. */
type Scope =
  /** This address alone. */
  | 'recipient'
  /** Everybody at the receiving domain (421, 4.7.x): pause it. */
  | 'domain'
  /** The recipient's server takes our mail for unwanted or wrong (5.7.x …). Several in a row: see to it. */
  | 'policy'
  /** No server to talk to, or it refuses login or sender: stop the run; it costs no attempt. */
  | 'connection';

/** What became of one message. */
export type SendResult = Answer &
  (
    | { status: 'sent' }
    /** Not accepted now. Nothing was delivered; the same message may be sent again later. */
    | { status: 'deferred'; scope: Exclude<Scope, 'policy'> }
    /** Refused for good. `suppress`: the address does not exist, so never write to it again. */
    | { status: 'failed'; scope: 'recipient'; suppress: boolean }
    | { status: 'failed'; scope: 'policy'; suppress: false }
    /** The whole body was handed over and no answer came: it may or may not have been delivered. */
    | { status: 'uncertain' }
    /** `beforeBody` said no; nothing was delivered. */
    | { status: 'withdrawn' }
  );

export interface SendOptions {
  /**
   * Asked once, after the server accepted the recipient and before the first byte of the message
   * leaves: the moment to recheck the subscription and commit `transmitting`. `false` withdraws the
   * message. When it throws, nothing is sent and `send` rejects with that error.
   */
  beforeBody?: () => Promise<boolean>;
}

export interface Mailer {
  /**
   * Sends one message over one of the pooled connections; calls beyond `connections` wait for
   * a slot. Resolves whatever the server does; rejects only with what `beforeBody` threw.
   */
  send(message: OutgoingMessage, options?: SendOptions): Promise<SendResult>;
  /** How many messages can be under way at once: send about this many in parallel. */
  readonly connections: number;
  /** `smtp`, or `outbox`: the messages land as files in `DATA_DIR/outbox`. */
  readonly kind: 'smtp' | 'outbox';
  /** Lets what is under way finish, then says goodbye to the server. */
  close(): Promise<void>;
}
