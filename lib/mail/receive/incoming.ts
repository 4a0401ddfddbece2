import type { Reason } from '../wire/reason';

/** One address that a mail did not reach. */
export interface FailedRecipient {
  address: string;
  /** The address does not exist or takes no mail: never write to it again. Else it may work later. */
  hard: boolean;
  reason: Reason;
  /** Enhanced status, for example `5.1.1`. */
  status: string | null;
  /** What the server said, one line, at most 500 characters. */
  diagnostic: string;
}

interface AboutMail {
  /** The addresses that it came to: a VERP address tells the delivery. */
  sentTo: string[];
  /** Of the mail that it is about. */
  messageId: string | null;
}

/** What a mail that came to the bounce address is. */
export type IncomingMail = AboutMail &
  (
    | { kind: 'bounce'; recipients: FailedRecipient[] }
    /** A reader reported our mail as spam (ARF, RFC 5965). */
    | { kind: 'complaint'; addresses: string[] }
    /** A holiday note or another robot's answer: the mail arrived. */
    | { kind: 'auto-reply' }
    /** A report that says the mail arrived, or no report at all. */
    | { kind: 'other' }
  );
