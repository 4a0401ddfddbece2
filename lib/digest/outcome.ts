import { HOUR_MS } from '@/lib/calendar/days';
import type { SendResult } from '@/lib/mail/send/mailer';
import { retryDelay } from '../subscribers/timetable';
import type { ClaimedDelivery, Lease, Outcome } from './store';

/** What an answer of the mail server means for a delivery, its reader, its domain and the run. */
export interface Consequence {
  outcome: Outcome;
  /** The address does not exist: never write to it again. */
  suppress?: string;
  pause?: { domain: string; until: Date; reason: string };
  /** Why the run must stop, in words. */
  stop?: string;
}

/** How a delivery ended, where no mail server said anything. */
export function outcomeOf(lease: Lease, status: Outcome['status'], reason: string): Outcome {
  return {
    id: lease.id,
    attempt: lease.attempt,
    status,
    reason,
    code: null,
    text: null,
    notBefore: null,
    refused: false,
    recompose: false,
  };
}

export function consequenceOf(
  delivery: ClaimedDelivery,
  result: Exclude<SendResult, { status: 'withdrawn' }>,
  { now, random, resendUncertain }: { now: Date; random: () => number; resendUncertain: boolean },
): Consequence {
  const answer = [result.code, result.enhanced, result.text].filter(Boolean).join(' ');
  const outcome = (
    status: Outcome['status'],
    reason: string,
    more: Partial<Outcome> = {},
  ): Outcome => ({
    id: delivery.id,
    attempt: delivery.attempt,
    status,
    reason,
    code: result.code,
    text: answer.slice(0, 500),
    notBefore: null,
    refused: false,
    recompose: false,
    ...more,
  });
  const later = new Date(now.getTime() + retryDelay(delivery.refusals + 1, random));
  const deferred = (reason: string, notBefore = later) =>
    outcome('deferred', reason, { notBefore, refused: true });

  switch (result.status) {
    case 'sent':
      return { outcome: outcome('sent', `accepted: ${answer}`) };
    case 'uncertain':
      if (resendUncertain) {
        const reason = `no answer after the message (${result.text}); it is sent again`;
        return { outcome: deferred(reason) };
      }
      return {
        outcome: outcome(
          'uncertain',
          `the connection was lost before the server answered (${result.text}); it may have arrived, so it is not sent again`,
        ),
      };
    case 'deferred':
      if (result.scope === 'connection') {
        const stop = `The mail server cannot be reached, or refuses our login or sender: ${answer}`;
        return { outcome: outcome('planned', stop, { notBefore: now }), stop };
      }
      if (result.scope === 'domain') {
        return {
          outcome: deferred(`${delivery.domain} takes no mail from us now: ${answer}`),
          pause: { domain: delivery.domain, until: later, reason: answer },
        };
      }
      return { outcome: deferred(`refused for now: ${answer}`) };
    case 'failed': {
      if (result.scope === 'policy') {
        // If it is ours to put right, this digest can still go out.
        const notBefore = new Date(Math.max(later.getTime(), now.getTime() + HOUR_MS));
        return { outcome: deferred(`refused as unwanted: ${answer}`, notBefore) };
      }
      return {
        outcome: outcome('failed', `refused: ${answer}`),
        ...(result.suppress ? { suppress: answer } : {}),
      };
    }
  }
}
