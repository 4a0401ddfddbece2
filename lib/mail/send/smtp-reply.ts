import { type Reason, reasonOf } from '../wire/reason';
import type { SendResult } from './mailer';

/** How far the conversation had come when the answer, or silence, came. */
export type Phase = 'connect' | 'mail' | 'rcpt' | 'data';

/** A server's answer: code, enhanced status and words, folded lines joined. */
export function readReply(response: string): {
  code: number | null;
  enhanced: string | null;
  text: string;
} {
  const line = response
    .replace(/\r?\n\d{3}[- ](?:[245]\.\d{1,3}\.\d{1,3} )?/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const match = /^(\d{3})(?:[ -](?:([245]\.\d{1,3}\.\d{1,3})(?: |$))?(.*))?$/.exec(line);
  if (!match) return { code: null, enhanced: null, text: line.slice(0, 500) };
  return {
    code: Number(match[1]),
    enhanced: match[2] ?? null,
    text: (match[3] ?? '').slice(0, 500),
  };
}

/**
 * What a negative answer means for the message, the address and the run.
 * @param response the server's reply as it came, multi-line or not
 */
export function refusal(phase: Phase, response: string): SendResult {
  const answer = readReply(response);
  // The sender is the same for all messages: refused once, it is refused for everybody.
  if (phase === 'connect' || phase === 'mail') {
    return { status: 'deferred', scope: 'connection', ...answer };
  }
  if (answer.code !== null && answer.code < 500) {
    const domain = answer.code === 421 || answer.enhanced?.startsWith('4.7.');
    return { status: 'deferred', scope: domain ? 'domain' : 'recipient', ...answer };
  }
  // 5.7.x lays the fault on us whatever the words are: no address is given up for it.
  const reason = answer.enhanced?.startsWith('5.7.') ? 'policy' : reasonOf(answer);
  return { ...answer, ...PERMANENT[reason] };
}

type Outcome =
  | { status: 'deferred'; scope: 'recipient' }
  | { status: 'failed'; scope: 'recipient'; suppress: boolean }
  | { status: 'failed'; scope: 'policy'; suppress: false };

const LATER: Outcome = { status: 'deferred', scope: 'recipient' };
const NEVER_AGAIN: Outcome = { status: 'failed', scope: 'recipient', suppress: true };
const NOT_THIS_ONE: Outcome = { status: 'failed', scope: 'recipient', suppress: false };
const UNWANTED: Outcome = { status: 'failed', scope: 'policy', suppress: false };

/** What a 5xx with this reason means. A full mailbox says 5xx and is emptied tomorrow. */
const PERMANENT: Record<Reason, Outcome> = {
  'unknown-address': NEVER_AGAIN,
  'unknown-domain': NEVER_AGAIN,
  moved: NEVER_AGAIN,
  disabled: NEVER_AGAIN,
  'mailbox-full': LATER,
  'rate-limited': LATER,
  'too-large': NOT_THIS_ONE,
  policy: UNWANTED,
  unreachable: NOT_THIS_ONE,
  system: NOT_THIS_ONE,
  protocol: UNWANTED,
  unspecified: NOT_THIS_ONE,
};
