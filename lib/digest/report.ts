import type { QueueState } from './queue-store';

/** What a run did. Goes out as JSON and as words. */
export interface DigestReport {
  planned: number;
  claimed: number;
  sent: number;
  deferred: number;
  failed: number;
  uncertain: number;
  suppressed: number;
  skipped: number;
  /** Could be sent now: call again. */
  remaining: number;
  /** Wait for a retry, a limit or a paused domain. */
  waiting: number;
  /** Why the run ended early. */
  stopped: string | null;
  /** All of it in words; why nothing was sent, when nothing was. */
  says: string;
}

export function emptyReport(): DigestReport {
  return {
    planned: 0,
    claimed: 0,
    sent: 0,
    deferred: 0,
    failed: 0,
    uncertain: 0,
    suppressed: 0,
    skipped: 0,
    remaining: 0,
    waiting: 0,
    stopped: null,
    says: '',
  };
}

const digests = (count: number) => (count === 1 ? '1 digest' : `${count} digests`);

/** The report as sentences for the operator. */
export function words(report: DigestReport, state: QueueState, outOfTime: boolean): string {
  const lines: string[] = [];
  // Those that the sending rate leaves no turn within the run's time wait, just as those to be tried again.
  const left = report.remaining + Math.max(0, report.waiting - report.deferred);
  if (report.sent > 0) lines.push(`Sent ${digests(report.sent)}.`);
  else lines.push(`Nothing was sent. ${whyNone(report, state)}`.trim());
  if (report.deferred > 0) lines.push(`${digests(report.deferred)} will be tried again later.`);
  if (report.skipped > 0) lines.push(`${digests(report.skipped)} had nothing new.`);
  if (report.failed > 0) lines.push(`${digests(report.failed)} were refused for good.`);
  if (report.uncertain > 0) {
    lines.push(`Of ${digests(report.uncertain)} nobody knows whether they arrived.`);
  }
  if (report.suppressed > 0) lines.push(`${digests(report.suppressed)} were not wanted any more.`);
  if (report.stopped) lines.push(`Stopped early. ${report.stopped}.`);
  else if (report.sent > 0 && left > 0) {
    const why = outOfTime ? 'The time was over: ' : '';
    lines.push(`${why}${digests(left)} remain for the next call.`);
  }
  for (const { domain, until, reason } of state.pausedDomains.slice(0, 5)) {
    lines.push(`${domain} is paused until ${until.toISOString()}: ${reason ?? 'no reason given'}.`);
  }
  return lines.join(' ');
}

function whyNone(report: DigestReport, state: QueueState): string {
  if (report.stopped || report.claimed > 0) return '';
  if (state.ready > 0) return 'What is due is held back: its domains are paused.';
  if (state.inFlight > 0) return `${digests(state.inFlight)} are being sent by other workers.`;
  if (state.waiting > 0) return `${digests(state.waiting)} wait for another attempt.`;
  if (state.active === 0) {
    if (state.pending === 0) return 'Nobody has subscribed yet.';
    const waiting = state.pending === 1 ? 'one waits' : `${state.pending} wait`;
    return `Nobody has confirmed a subscription yet; ${waiting} for it.`;
  }
  const next = state.nextRunAt ? `; the next one is due at ${state.nextRunAt.toISOString()}` : '';
  const readers =
    state.active === 1 ? 'one active subscription' : `${state.active} active subscriptions`;
  return `No digest is due now for the ${readers}${next}.`;
}
