import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { PrismaClient } from '@/lib/db/generated/client';
import { sql } from '@/lib/db/sql';
import type { DatabaseTarget } from '@/lib/db/target';
import { addReader } from '../db/digest/world';
import { type Fault, startTortureSink, type TortureSink } from './sink';
import { type Verdict, verify } from './verify';

/**
 * Rounds of sending in which everything goes wrong: each round is a day with a digest due for every
 * reader, several workers, a mail server that refuses, drops and stalls, workers killed in the middle
 * and connections to the database cut. In the end the books must agree, to the message.
 */
export interface TortureOptions {
  rounds: number;
  readers: number;
  seed: number;
  /** Cuts connections to the database too; the embedded one has no command for it. */
  cutDatabase: boolean;
  /** Goes on beside the sending of each round. */
  beside?: (round: number, random: () => number) => Promise<void>;
  progress?: (line: string) => void;
  /** Asked after each round: ends early, with the books as they are then. */
  enough?: () => boolean;
}

export interface TortureResult extends Verdict {
  kills: number;
  cuts: number;
  faults: Record<string, number>;
}

const FIRST_DAY = Date.parse('2026-01-05T08:00:00Z');
const DAY = 86_400_000;
const MINUTE = 60_000;
const WORKER = fileURLToPath(new URL('./worker.ts', import.meta.url));

const FAULTS: [Fault, number][] = [
  ['none', 0.53],
  ['rcpt-4xx', 0.1],
  ['data-4xx', 0.08],
  ['rcpt-5xx', 0.03],
  ['rcpt-policy', 0.02],
  ['data-5xx', 0.02],
  ['data-policy', 0.01],
  ['drop-before-dot', 0.09],
  ['drop-after-dot', 0.08],
  ['stall-at-rcpt', 0.02],
  ['stall-before-answer', 0.02],
];

export async function torture(
  db: PrismaClient,
  target: DatabaseTarget,
  { rounds, readers, seed, cutDatabase, beside, progress, enough }: TortureOptions,
): Promise<TortureResult> {
  const random = generator(seed);
  const sink = await startTortureSink();
  const crew = new Crew(target);
  const result = { kills: 0, cuts: 0 };
  let due = 0;
  try {
    let round = 0;
    for (; round < rounds && !enough?.(); round++) {
      const day = FIRST_DAY + round * DAY;
      await addDay(db, round, day);
      await topUp(db, readers, round, day);
      due += readers;
      const healthy = random() < 0.1;
      sink.next = () => (healthy ? 'none' : pick(random()));
      // Again after the leases of killed workers have run out, and what was refused may be tried.
      for (const minutes of [0, 14, 45, 200]) {
        const workers = 2 + Math.floor(random() * 3);
        const murderous = minutes < 45;
        await crew.muster(workers);
        const cut = cutDatabase && random() < 0.15;
        const [kills] = await Promise.all([
          murderous ? crew.killSome(random) : 0,
          cut ? cutConnections(db, random) : null,
          minutes === 0 ? beside?.(round, random) : null,
          crew.run(new Date(day + minutes * MINUTE), sink.url),
        ]);
        result.kills += kills;
        if (cut) result.cuts++;
        await sink.quiet();
      }
      progress?.(`round ${round + 1} of ${rounds}: ${sink.arrivals.length} messages arrived`);
    }
    await settle(crew, sink, FIRST_DAY + round * DAY);
    const verdict = await verify(db, sink.arrivals, due);
    return { ...verdict, ...result, faults: Object.fromEntries(sink.faults) };
  } finally {
    crew.dismiss();
    await sink.stop();
  }
}

/** New papers, so that every reader has something to get. */
async function addDay(db: PrismaClient, round: number, day: number): Promise<void> {
  const at = new Date(day - 2 * 60 * MINUTE);
  await db.$executeRaw(sql`
    with made as (
      insert into paper (title, title_key, first_author_key, abstract, authors, categories, keywords,
        published_at, first_seen_at)
      select 'Paper ' || ${round}::int || '.' || i, 'paper ' || ${round}::int || '.' || i, 'd', 'About.', '{Doe}', '{}', '{}', ${at}, ${at}
      from generate_series(1, 3) as i returning id
    )
    insert into paper_score (paper_id, score, signal, feed_at) select id, id, 0, ${at} from made`);
}

/** Some readers are lost each day, whose addresses the server says do not exist: others come. */
async function topUp(db: PrismaClient, readers: number, round: number, day: number) {
  const active = await db.reader.count({ where: { status: 'active' } });
  for (let i = active; i < readers; i++) {
    await addReader(db, `reader${round}.${i}@d${i % 7}.example`, {
      cadence: 'daily',
      nextRunAt: new Date(day).toISOString(),
      coveredUntil: new Date(day - DAY).toISOString(),
    });
  }
}

/** Until everything has an end: retried, given up, or known to be uncertain. */
async function settle(crew: Crew, sink: TortureSink, from: number): Promise<void> {
  sink.next = () => 'none';
  // Readers are not due again before the next morning; stale digests are given up until then.
  for (const hours of [-8, -6, -4, -1]) {
    await crew.muster(2);
    await crew.run(new Date(from + hours * 60 * MINUTE), sink.url);
    await sink.quiet();
  }
}

async function cutConnections(db: PrismaClient, random: () => number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, random() * 600));
  await db.$queryRaw(sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`);
}

/** Longer than any run can take: a worker that is silent for so long hangs. */
const HUNG_MS = 120_000;

class Crew {
  private workers: ChildProcess[] = [];
  /** Living ones that have a rest: starting a worker takes longer than its run. */
  private spare: ChildProcess[] = [];

  constructor(private readonly target: DatabaseTarget) {}

  /** Has so many workers stand ready, new ones in place of the dead. */
  async muster(count: number): Promise<void> {
    const living = [...this.workers, ...this.spare].filter(isAlive);
    while (living.length < count) living.push(await this.hire());
    this.spare = living.splice(count);
    this.workers = living;
  }

  /** Lets all of them run at once; resolves when each has reported or died. */
  async run(now: Date, smtpUrl: string): Promise<void> {
    await Promise.all(
      this.workers.map(async (worker) => {
        const done = outcome(worker);
        if (worker.connected) worker.send({ now: now.toISOString(), smtpUrl });
        await done;
      }),
    );
  }

  /** Kills some of the workers at random moments, without warning. Gives how many. */
  async killSome(random: () => number): Promise<number> {
    // A run of forty digests takes about half a second.
    const plans = this.workers.map((worker) => ({
      worker,
      after: random() < 0.6 ? random() * 500 : null,
    }));
    const killed = await Promise.all(
      plans.map(async ({ worker, after }) => {
        if (after === null) return false;
        await new Promise((resolve) => setTimeout(resolve, after));
        return worker.kill('SIGKILL');
      }),
    );
    return killed.filter(Boolean).length;
  }

  dismiss(): void {
    for (const worker of [...this.workers, ...this.spare]) worker.kill('SIGKILL');
  }

  private async hire(): Promise<ChildProcess> {
    const worker = fork(WORKER, [JSON.stringify(this.target)], {
      execArgv: ['--import', 'tsx'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    // One that dies before it is told anything is replaced when the next is mustered.
    worker.on('error', () => {});
    await outcome(worker);
    return worker;
  }
}

function isAlive(worker: ChildProcess): boolean {
  return worker.exitCode === null && worker.signalCode === null && !worker.killed;
}

/** Its next message, or its death. */
function outcome(worker: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    if (!isAlive(worker)) return resolve();
    const settle = (how: () => void) => () => {
      clearTimeout(timer);
      worker.off('message', reported);
      worker.off('exit', died);
      how();
    };
    const reported = settle(resolve);
    const died = settle(resolve);
    const timer = setTimeout(
      settle(() => reject(new Error('A worker hangs.'))),
      HUNG_MS,
    );
    worker.on('message', reported);
    worker.on('exit', died);
  });
}

function pick(value: number): Fault {
  let left = value;
  for (const [fault, share] of FAULTS) {
    left -= share;
    if (left < 0) return fault;
  }
  return 'none';
}

/** The same numbers for the same seed (mulberry32). */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
