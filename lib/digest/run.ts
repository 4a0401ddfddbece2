import { randomUUID } from 'node:crypto';
import type { MailSite } from '@/emails/types';
import type { Db } from '@/lib/db/client';
import type { Mailer } from '@/lib/mail/mailer';
import type { MailSender } from '@/lib/mail/sender';
import { coalesce } from './coalesce';
import { createComposer, type SearchPapers } from './compose';
import { consequenceOf, outcomeOf } from './outcome';
import { type Prepared, preparer } from './prepare';
import { type DigestReport, emptyReport, words } from './report';
import {
  beginTransmission,
  type ClaimedDelivery,
  claim,
  finish,
  type Lease,
  type Outcome,
  planDue,
  queueState,
  suppressReader,
  sweep,
  whyNotBegun,
} from './store';
import { pauseDomain, reserve, type Throttle } from './throttle';

export interface DigestTools {
  mailer: Mailer;
  sender: MailSender;
  site: MailSite;
  /** Signs the links. */
  secret: string;
  throttle: Throttle;
  /** Sends again what may have arrived: at least once in place of at most once. */
  resendUncertain: boolean;
  search: SearchPapers;
}

export interface RunOptions {
  now: Date;
  /** No new message is begun after so many milliseconds. */
  budgetMs: number;
}

const BATCH = 40;
/**
 * A lease outlives the longest silence that the mail server is granted (five minutes), so that no
 * message under way loses it.
 */
const LEASE_MS = 12 * 60_000;
/** Places in the throttle's line further ahead than this are given back. */
const LONGEST_WAIT_MS = 20_000;
const RECORD_TRIES = 6;

/**
 * Plans what is due and sends until nothing is left, the budget is spent or the mail server is no
 * use. Any number of runs may work at once, in any number of processes.
 */
export async function runDigest(
  db: Db,
  tools: DigestTools,
  { now, budgetMs }: RunOptions,
): Promise<DigestReport> {
  const started = Date.now();
  const clock = () => new Date(now.getTime() + Date.now() - started);
  const spent = () => Date.now() - started >= budgetMs;
  const owner = randomUUID();
  const report = emptyReport();
  const { mailer } = tools;
  /** Domains that this run learned not to bother; the table tells the other runs. */
  const paused = new Map<string, Date>();

  const begin = coalesce((leases: Lease[]) =>
    beginTransmission(db, owner, leases, clock(), new Date(clock().getTime() + LEASE_MS)).then(
      (begun) => leases.map(({ id }) => begun.has(id)),
    ),
  );
  const record = coalesce(async (outcomes: Outcome[]) => {
    await insist(() => finish(db, owner, outcomes, clock()));
    for (const { status } of outcomes) if (status !== 'planned') report[status]++;
    return outcomes.map(() => undefined);
  });
  const recording = new Set<Promise<void>>();
  /** Records without making the next message wait for it. */
  function note(outcome: Outcome): void {
    const recorded = record(outcome)
      .catch((error: Error) => {
        // The lease runs out by itself, and what was sent becomes `uncertain`.
        report.stopped ??= `The database is away: ${error.message}`;
      })
      .finally(() => recording.delete(recorded));
    recording.add(recorded);
  }
  const giveBack = (delivery: ClaimedDelivery, reason: string, notBefore: Date | null = null) =>
    note({ ...outcomeOf(delivery, 'planned', reason), notBefore });

  const compose = createComposer(db, { now, freeze: true, search: tools.search });
  const prepare = preparer(db, owner, { compose, clock, ...tools });

  async function withdrawn(delivery: ClaimedDelivery): Promise<Outcome> {
    const why = await whyNotBegun(db, delivery.subscriptionId);
    if (why) return outcomeOf(delivery, 'suppressed', why);
    // Another digest took one of its papers in the meantime.
    const reason = 'composed anew: another digest had one of its papers';
    return { ...outcomeOf(delivery, 'planned', reason), recompose: true };
  }

  /** Nothing that goes wrong with one message may take the others along. */
  async function send(prepared: Prepared & { at: Date }): Promise<void> {
    try {
      await attempt(prepared);
    } catch (error) {
      // What was leased is planned again once the lease has run out; nothing is lost.
      report.stopped ??= `The database is away: ${(error as Error).message}`;
    }
  }

  async function attempt({ delivery, reader, message, at }: Prepared & { at: Date }) {
    const pausedUntil = paused.get(delivery.domain);
    if (pausedUntil && pausedUntil > clock()) {
      return giveBack(delivery, `${delivery.domain} is paused`, pausedUntil);
    }
    const wait = at.getTime() - clock().getTime();
    if (wait > LONGEST_WAIT_MS) {
      return giveBack(delivery, 'waits for its turn: the sending rate is limited', at);
    }
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    if (report.stopped !== null) return giveBack(delivery, 'the run stopped before its turn');
    if (spent()) return giveBack(delivery, 'the time of the run was over before its turn');
    const result = await mailer.send(message, { beforeBody: () => begin(delivery) });
    if (result.status === 'withdrawn') return note(await withdrawn(delivery));
    const consequence = consequenceOf(delivery, result, {
      now: clock(),
      random: Math.random,
      resendUncertain: tools.resendUncertain,
    });
    note(consequence.outcome);
    if (consequence.stop) report.stopped ??= consequence.stop;
    if (consequence.pause) {
      const { domain, until, reason } = consequence.pause;
      paused.set(domain, until);
      await pauseDomain(db, domain, until, reason, clock());
    }
    if (consequence.suppress) {
      await suppressReader(db, reader.subscriptionId, consequence.suppress, clock());
    }
  }

  /** One message a connection at a time, so that a reason to stop stops the very next one. */
  async function sendAll(batch: (Prepared & { at: Date })[]): Promise<void> {
    const queue = batch.values();
    const lane = async () => {
      for (const each of queue) await send(each);
    };
    await Promise.all(Array.from({ length: mailer.connections }, lane));
    await Promise.all(recording);
  }

  async function nextBatch(): Promise<(Prepared & { at: Date })[] | null> {
    if (spent() || report.stopped !== null) return null;
    const until = new Date(clock().getTime() + LEASE_MS);
    const claimed = await claim(db, owner, BATCH, clock(), until);
    if (claimed.length === 0) return null;
    report.claimed += claimed.length;
    const { ready, outcomes } = await prepare(claimed);
    outcomes.forEach(note);
    const domains = ready.map(({ delivery }) => delivery.domain);
    const places = await reserve(db, domains, tools.throttle, clock());
    return ready.map((each, index) => ({ ...each, at: places[index]! }));
  }

  await sweep(db, now, tools.resendUncertain);
  report.planned = await planDue(db, now);
  let batch = await nextBatch();
  while (batch) {
    // The next batch is composed while this one is on the wire.
    const upcoming = nextBatch().catch((error: Error) => {
      report.stopped ??= `The next digests could not be prepared: ${error.message}`;
      return null;
    });
    await sendAll(batch);
    batch = await upcoming;
  }
  await Promise.all(recording);
  const state = await queueState(db, clock());
  report.remaining = state.ready;
  report.waiting = state.waiting;
  report.says = words(report, state, spent());
  return report;
}

/** What the mail server said must not be forgotten because the database was away for a moment. */
async function insist(work: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await work();
      return;
    } catch (error) {
      if (attempt === RECORD_TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, 250 * 2 ** attempt));
    }
  }
}
