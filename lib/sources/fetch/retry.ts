import { DAY_MS } from '@/lib/calendar/days';
/** When to ask again after a failure: rules, no clock and no network. */

export const MOST_ATTEMPTS = 5;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;
/** Waiting longer than this is for a later call of the job, not for this one. */
export const LONGEST_WORTH_WAITING_MS = 15 * 60_000;
/** Whoever asks for more has made a mistake. */
const LONGEST_ASKED_MS = 7 * DAY_MS;

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** Whether the same request may succeed later. */
export function isTemporary(status: number, headers: Headers): boolean {
  // Some services say 403 where they mean 429.
  if (status === 403) return headers['retry-after'] !== undefined || limitReached(headers);
  return status === 408 || status === 425 || status === 429 || status >= 500;
}

/** Exponential with jitter: 1, 2, 4 … seconds, of which half to all is waited. `random` is in [0, 1). */
export function backoff(attempt: number, random: number): number {
  const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempt - 1));
  return Math.round(wait * (0.5 + random / 2));
}

/** Milliseconds that the server asks to wait, by Retry-After or a used-up rate limit, else null. */
export function waitAsked(headers: Headers, now: Date): number | null {
  const after = one(headers['retry-after']);
  if (after !== undefined) {
    const seconds = Number(after);
    if (after.trim() !== '' && Number.isFinite(seconds)) return bounded(seconds * 1_000);
    const date = Date.parse(after);
    if (!Number.isNaN(date)) return bounded(date - now.getTime());
  }
  if (!limitReached(headers)) return null;
  const reset = resetOf(headers, now);
  return reset === null ? null : bounded(reset);
}

/** Whether the headers say that no request is left in this window. */
function limitReached(headers: Headers): boolean {
  const structured = /(?:^|[;,\s])r(?:emaining)?=(\d+)/.exec(one(headers.ratelimit) ?? '')?.[1];
  const remaining =
    structured ?? one(headers['ratelimit-remaining']) ?? one(headers['x-ratelimit-remaining']);
  return remaining !== undefined && Number(remaining) === 0;
}

function resetOf(headers: Headers, now: Date): number | null {
  const structured = /(?:^|[;,\s])(?:t|reset)=(\d+)/.exec(one(headers.ratelimit) ?? '')?.[1];
  const seconds = structured ?? one(headers['ratelimit-reset']);
  if (seconds !== undefined && Number.isFinite(Number(seconds))) return Number(seconds) * 1_000;
  const epoch = Number(one(headers['x-ratelimit-reset']));
  return Number.isFinite(epoch) && epoch > 0 ? epoch * 1_000 - now.getTime() : null;
}

function bounded(milliseconds: number): number {
  return Math.min(LONGEST_ASKED_MS, Math.max(0, Math.round(milliseconds)));
}

function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
