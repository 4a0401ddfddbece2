import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ModelDb } from '@/lib/db/sql';
import type { MailTools } from '@/lib/mail/send/mail-tools';
import type { DigestSubject } from '@/lib/subscribers/preferences';
import { suppressReader } from '@/lib/subscribers/suppression-store';
import { coalesce } from './coalesce';
import { createComposer, type SearchPapers } from './compose';
import { oneAhead } from './one-ahead';
import { consequenceOf, outcomeOf } from './outcome';
import { type Prepared, preparer } from './prepare';
import { planDue, queueState, sweep } from './queue-store';
import { Refusals } from './refusals';
import { type DigestReport, emptyReport, words } from './report';
import {
  beginTransmission,
  type ClaimedDelivery,
  claim,
  finish,
  type Outcome,
  whyNotBegun,
} from './store';
import { pauseDomain, reserve, type Throttle } from './throttle';

export interface DigestTools extends MailTools {
  throttle: Throttle;
  /** Sends again what may have arrived: at least once in place of at most once. */
  resendUncertain: boolean;
  /** Of all digests, whatever readers chose; null leaves it to them. */
  subject: DigestSubject | null;
  search: SearchPapers;
}

export interface RunOptions {
  now: Date;
  /** No new message is begun after so many milliseconds. */
  budgetMs: number;
  /** Aborted, it ends the run in good order: what is on the wire is waited for, the rest given back. */
  signal?: AbortSignal;
  /** Told after each record, of how many deliveries it is known what became of them. */
  onProgress?: (progress: { done: number; total: number }) => void;
}

const BATCH = 100;
/**
 * A lease outlives the longest silence that the mail server is granted (five minutes), so that no
 * message under way loses it.
 */
const LEASE_MS = 12 * 60_000;
/** Whoever would wait longer for a place in the throttle's line comes again then. */
const LONGEST_WAIT_MS = 20_000;
/** A group is as many messages as leave in this time: a quick server is not kept waiting for commits. */
const BEGUN_FOR_MS = 50;
/** For each connection at most: those of a killed run stay uncertain. */
const MOST_BEGUN = 10;
/** A message that does not leave so soon after it was begun is begun anew. */
const FRESH_MS = 5_000;
const RECORD_TRIES = 6;
const STOPPED = 'the run stopped before its turn';

/** A message that may leave: it is `transmitting` in the table. */
interface Begun extends Prepared {
  begunAt: number;
}

/**
 * Plans what is due and sends until nothing is left, the budget is spent or the mail server is no
 * use. Any number of runs may work at once, in any number of processes.
 */
export async function runDigest(
  db: ModelDb,
  tools: DigestTools,
  { now, budgetMs, signal, onProgress }: RunOptions,
): Promise<DigestReport> {
  const started = Date.now();
  const clock = () => new Date(now.getTime() + Date.now() - started);
  const spent = () => Date.now() - started >= budgetMs;
  const owner = randomUUID();
  const report = emptyReport();
  const { mailer, throttle } = tools;
  const throttled = throttle.perSecond !== null || throttle.perDomainPerSecond !== null;
  const leaseEnd = () => new Date(clock().getTime() + LEASE_MS);
  /** Domains that this run learned not to bother; the table tells the other runs. */
  const paused = new Map<string, Date>();
  const refusals = new Refusals((said) => {
    report.stopped ??= `Several servers in a row refuse our mail: ${said}`;
  });
  const interrupted = () => {
    report.stopped ??= 'It was interrupted; called again, it goes on from there';
  };
  if (signal?.aborted) interrupted();
  signal?.addEventListener('abort', interrupted, { once: true });
  let done = 0;
  let total = 0;

  const record = coalesce(async (outcomes: Outcome[]) => {
    await insist(() => finish(db, owner, outcomes, clock()));
    for (const { status } of outcomes) if (status !== 'planned') report[status]++;
    done += outcomes.length;
    onProgress?.({ done, total: Math.max(done, total) });
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

  async function nextBatch(): Promise<Prepared[] | null> {
    if (spent() || report.stopped !== null) return null;
    const claimed = await claim(db, owner, BATCH, clock(), leaseEnd());
    if (claimed.length === 0) return null;
    report.claimed += claimed.length;
    const { ready, outcomes } = await prepare(claimed);
    outcomes.forEach(note);
    return ready;
  }
  const prepared = oneAhead(nextBatch);
  /** Milliseconds that a message takes the mail server, lately. */
  let took = BEGUN_FOR_MS;

  /** Whether it may leave now; waits for its slot where the rate is limited. */
  async function getsSlot({ delivery }: Prepared): Promise<boolean> {
    const until = paused.get(delivery.domain);
    if (until && until > clock()) giveBack(delivery, `${delivery.domain} is paused`, until);
    else if (report.stopped !== null) giveBack(delivery, STOPPED);
    else if (spent()) giveBack(delivery, 'the time of the run was over before its turn');
    else {
      const left = started + budgetMs - Date.now();
      const longest = Math.min(LONGEST_WAIT_MS, left);
      const { taken, at } = await reserve(db, delivery.domain, throttle, clock(), longest);
      if (taken) {
        const wait = at.getTime() - clock().getTime();
        if (wait > 0) await sleep(wait, undefined, { signal }).catch(() => {});
        return true;
      }
      giveBack(delivery, 'waits for its turn: the sending rate is limited', at);
    }
    return false;
  }

  /**
   * Commits `transmitting` for a group of messages before any of them leaves, while the one before is on
   * the wire. A limited rate needs no haste and keeps messages apart: there each is a group of its own.
   */
  async function nextGroup(): Promise<Begun[] | null> {
    const size = throttled ? 1 : groupSize(mailer.connections, took);
    const group: Prepared[] = [];
    while (group.length < size) {
      const { value: next } = await prepared.next();
      if (!next) break;
      if (await getsSlot(next)) group.push(next);
    }
    if (group.length === 0) return null;
    const begun = await begin(group);
    const begunAt = Date.now();
    return begun.map((each) => ({ ...each, begunAt }));
  }

  /** Of the group, those that may leave; the others are settled. */
  async function begin<T extends Prepared>(group: T[]): Promise<T[]> {
    const leases = group.map(({ delivery }) => delivery);
    const begun = await beginTransmission(db, owner, leases, clock(), leaseEnd());
    for (const { delivery } of group) {
      if (!begun.has(delivery.id)) note(await withdrawn(delivery));
    }
    return group.filter(({ delivery }) => begun.has(delivery.id));
  }

  async function withdrawn(delivery: ClaimedDelivery): Promise<Outcome> {
    const why = await whyNotBegun(db, delivery.subscriptionId);
    if (why) return outcomeOf(delivery, 'suppressed', why);
    // Another digest took one of its papers in the meantime.
    const reason = 'composed anew: another digest had one of its papers';
    return { ...outcomeOf(delivery, 'planned', reason), recompose: true };
  }

  async function send(each: Begun): Promise<void> {
    const { delivery, reader, message, begunAt } = each;
    const result = await refusals.watch(delivery, async () => {
      if (report.stopped !== null) {
        giveBack(delivery, STOPPED);
        return null;
      }
      // Those before it took long: the reader may have left meanwhile.
      if (Date.now() - begunAt > FRESH_MS && (await begin([each])).length === 0) return null;
      const sentAt = performance.now();
      const answer = await mailer.send(message, {
        beforeBody: async () => report.stopped === null,
      });
      took += (performance.now() - sentAt - took) / 10;
      return answer;
    });
    if (result === null) return;
    if (result.status === 'withdrawn') return giveBack(delivery, STOPPED);
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
      await suppressReader(db, reader.id, consequence.suppress, clock());
    }
  }

  await sweep(db, now, tools.resendUncertain);
  report.planned = await planDue(db, now);
  if (onProgress) total = (await queueState(db, clock())).ready;
  const messages = oneAhead(nextGroup);
  /** One message a connection at a time, so that a reason to stop stops the very next one. */
  const lane = async () => {
    for (;;) {
      try {
        const { value: message } = await messages.next();
        if (!message) return;
        await send(message);
      } catch (error) {
        // Leases run out by themselves: what was leased is planned again, and nothing is lost.
        report.stopped ??= `The digests could not be prepared: ${(error as Error).message}`;
      }
    }
  };
  await Promise.all(Array.from({ length: mailer.connections }, lane));
  await Promise.all(recording);
  signal?.removeEventListener('abort', interrupted);
  const state = await queueState(db, clock());
  report.remaining = state.ready;
  report.waiting = state.waiting;
  report.says = words(report, state, spent());
  return report;
}

/** Messages to begin together, where one takes `took` milliseconds: from two a connection on. */
function groupSize(connections: number, took: number): number {
  const each = Math.round(BEGUN_FOR_MS / Math.max(took, 1));
  return connections * Math.min(Math.max(each, 2), MOST_BEGUN);
}

/** What the mail server said must not be forgotten because the database was away for a moment. */
async function insist(work: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await work();
      return;
    } catch (error) {
      if (attempt === RECORD_TRIES) throw error;
      await sleep(250 * 2 ** attempt);
    }
  }
}
