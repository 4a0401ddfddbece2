/**
 * Why a mail was not delivered, read from a server's answer or a bounce's diagnostic text. Words
 * come before status codes, because many servers say `5.0.0` or a wrong code with a clear sentence;
 * the code decides where the words say nothing.
 */
export const REASONS = {
  'unknown-address': { hard: true },
  'unknown-domain': { hard: true },
  moved: { hard: true },
  disabled: { hard: true },
  'mailbox-full': { hard: false },
  'too-large': { hard: false },
  'rate-limited': { hard: false },
  /** Spam, reputation, authentication, relaying: about the sender or the content. */
  policy: { hard: false },
  /** DNS, network and time: the receiving side could not be reached (yet). */
  unreachable: { hard: false },
  /** The receiving system is broken, full or misconfigured. */
  system: { hard: false },
  /** Our side spoke wrongly or wrote something unreadable. */
  protocol: { hard: false },
  unspecified: { hard: false },
} as const satisfies Record<string, { hard: boolean }>;
export type Reason = keyof typeof REASONS;

export interface Diagnosis {
  /** Reply code, for example 550, or null. */
  code: number | null;
  /** Enhanced status, for example `5.1.1`, or null. */
  enhanced: string | null;
  text: string;
}

/** In this order: a sentence that fits several says the earlier one. */
const WORDS: [Reason, RegExp][] = [
  [
    'unknown-address',
    /no such (?:user|mailbox|recipient|address|person)|(?:user|recipient|mailbox|address|account) (?:is )?(?:unknown|not found|does not exist|doesn't exist)|unknown (?:user|recipient|mailbox|address)|invalid (?:recipient|mailbox|address)/i,
  ],
  [
    'mailbox-full',
    /quota|mailbox (?:is |size |for .{1,40} is )?(?:full|exceed)|(?:mailbox|inbox|account|storage|disk) (?:is )?(?:over|full)|over ?quota|insufficient (?:disk|storage)|out of storage|not enough (?:storage|space|disk)|mailfolder is full|has exceeded .{0,40}(?:storage|size|space|limit of mail)|too much mail data/i,
  ],
];

/** @returns the reason, from the words if they say one, else from the codes */
export function reasonOf({ code, enhanced, text }: Diagnosis): Reason {
  for (const [reason, words] of WORDS) if (words.test(text)) return reason;
  return (enhanced && reasonOfStatus(enhanced)) || reasonOfCode(code);
}

/** RFC 3463 and the registry of enhanced status codes, for permanent and transient alike. */
function reasonOfStatus(enhanced: string): Reason | null {
  const [, subject, detail] = enhanced.split('.').map(Number);
  switch (subject) {
    case 1:
      if (detail === 2 || detail === 10) return 'unknown-domain';
      if (detail === 6) return 'moved';
      return detail === 7 || detail === 8 ? 'policy' : 'unknown-address';
    case 2:
      if (detail === 1) return 'disabled';
      if (detail === 2) return 'mailbox-full';
      return detail === 3 ? 'too-large' : null;
    case 3:
      return detail === 4 ? 'too-large' : 'system';
    case 4:
      return 'unreachable';
    case 5:
      return 'protocol';
    case 6:
      return 'protocol';
    case 7:
      return 'policy';
    default:
      return null;
  }
}

function reasonOfCode(code: number | null): Reason {
  switch (code) {
    case 552:
      return 'mailbox-full';
    case 551:
      return 'moved';
    case 530:
    case 534:
    case 535:
      return 'policy';
    case 500:
    case 501:
    case 502:
    case 503:
    case 504:
      return 'protocol';
    default:
      return 'unspecified';
  }
}
