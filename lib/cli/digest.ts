import { parseArgs } from 'node:util';
import { DAY_MS, HOUR_MS } from '@/lib/calendar/days';
import type { ModelDb } from '../db/sql';
import { forecast } from '../digest/forecast';
import {
  countByStatus,
  type DeliveryHistory,
  historyOf,
  troubles,
  waits,
} from '../digest/history-store';
import { sendMail } from '../digest/job';
import { queueState } from '../digest/queue-store';
import { withDigestTools } from '../digest/tools';
import { parseAddress } from '../subscribers/email-address';
import { findByEmailKey } from '../subscribers/reader-store';
import { type Command, type Output, UsageError } from './command';
import { withDatabase } from './database';
import { onInterrupt } from './interrupt';
import { progressLine } from './progress';

/** No run from the command line ends for lack of time: it can be interrupted and called again. */
const BUDGET_MS = 12 * HOUR_MS;
const SHOWN = 20;
const STATUS_DAYS = 7;

export const command: Command = {
  name: 'digest',
  usage: ['digest [--now ISO-TIME] [--dry-run]', 'digest status [ADDRESS] [--now ISO-TIME]'],
  summary: 'send what is due, say what would be sent, or tell what became of it',
  async run(args, output) {
    const { values, positionals } = parseArgs({
      args,
      options: { now: { type: 'string' }, 'dry-run': { type: 'boolean' } },
      allowPositionals: true,
    });
    const now = values.now === undefined ? new Date() : new Date(values.now);
    if (Number.isNaN(now.getTime())) {
      throw new UsageError(`--now needs a time such as 2026-11-30T08:00:00Z, not "${values.now}".`);
    }
    const [action, address, ...rest] = positionals;
    if (rest.length > 0 || (action !== undefined && action !== 'status')) {
      throw new UsageError(`"digest ${positionals.join(' ')}" is not understood.`);
    }
    return withDatabase('digest', async (db) => {
      if (action === 'status') {
        return address === undefined ? status(db, now, output) : history(db, address, output);
      }
      return values['dry-run'] ? dryRun(db, now, output) : send(db, now, output);
    });
  },
};

async function send(db: ModelDb, now: Date, output: Output): Promise<number> {
  const { print } = output;
  const interrupt = onInterrupt(output);
  const startedAt = Date.now();
  const report = await sendMail(db, {
    now,
    budgetMs: BUDGET_MS,
    signal: interrupt.signal,
    onProgress: ({ done, total }) =>
      output.progress(progressLine({ done, total, unit: 'digests', startedAt }, Date.now())),
  }).finally(interrupt.dispose);
  const { transactional } = report;
  if (transactional.sent > 0)
    print(`Sent ${transactional.sent} confirmations and other short mails.`);
  if (transactional.later > 0)
    print(`${transactional.later} short mails will be tried again later.`);
  print(report.says);
  return report.stopped === null ? 0 : 1;
}

async function dryRun(db: ModelDb, now: Date, { print }: Output): Promise<number> {
  const { due, forecasts } = await withDigestTools(db, ({ search }) =>
    forecast(db, { now, limit: SHOWN, search }),
  );
  const { ready } = await queueState(db, now);
  if (ready > 0) print(`${ready} digests planned earlier would be tried.`);
  print(due === 0 ? 'No other digest is due.' : `${due} digests are due.`);
  for (const { email, issue, papers, nothing } of forecasts) {
    print(`  ${email}  ${issue}: ${nothing ?? `${papers} papers`}`);
  }
  if (due > forecasts.length) print(`  … and ${due - forecasts.length} more`);
  return 0;
}

async function status(db: ModelDb, now: Date, { print }: Output): Promise<number> {
  const state = await queueState(db, now);
  const since = new Date(now.getTime() - STATUS_DAYS * DAY_MS);
  print(`${state.active} active subscriptions, ${state.pending} to be confirmed.`);
  if (state.nextRunAt) print(`The next digest is due at ${state.nextRunAt.toISOString()}.`);
  print(`${state.ready} digests ready, ${state.waiting} waiting, ${state.inFlight} on their way.`);
  for (const { domain, until, reason } of state.pausedDomains) {
    print(`${domain} is paused until ${until.toISOString()}: ${reason ?? 'no reason given'}`);
  }
  print(`\nThe last ${STATUS_DAYS} days:`);
  for (const { status, count } of await countByStatus(db, since)) print(`  ${count} ${status}`);
  const shown = await troubles(db, since, SHOWN);
  if (shown.length > 0) print('\nLatest that did not arrive:');
  for (const each of shown) print(`  ${each.email}  ${headline(each)}`);
  const waited = await waits(db, since, SHOWN);
  if (waited.length > 0) print('\nLatest that waited or had nothing new:');
  for (const each of waited) print(`  ${each.email}  ${headline(each)}`);
  return 0;
}

async function history(db: ModelDb, typed: string, { print, note }: Output): Promise<number> {
  const parsed = parseAddress(typed);
  if (!parsed.ok) throw new UsageError(`"${typed}": ${parsed.problem}`);
  const found = await findByEmailKey(db, parsed.address.key);
  if (!found) {
    note(`There is no subscription for ${typed}.`);
    return 1;
  }
  const { email, status } = found.reader;
  const { cadence, hour, timezone, nextRunAt, pausedUntil } = found.subscription;
  print(`${email}: ${pausedUntil ? 'paused' : status}, ${cadence} at ${hour}:00 ${timezone}`);
  if (nextRunAt) print(`Next digest: ${nextRunAt.toISOString()}`);
  const deliveries = await historyOf(db, parsed.address.key, SHOWN);
  if (deliveries.length === 0) print('Nothing was planned for it yet.');
  const [latest] = deliveries;
  if (latest?.status === 'skipped') print(`The last one was not sent: ${latest.reason}`);
  for (const each of deliveries) {
    print(`\n${headline(each)}`);
    for (const { at, status, note } of each.log) print(`  ${at}  ${status}: ${note}`);
  }
  return 0;
}

function headline({ id, cadence, localPeriod, status, papers, reason }: DeliveryHistory): string {
  const what = `no. ${id}, ${cadence} ${localPeriod}, ${papers} papers: ${status}`;
  return reason ? `${what} (${reason})` : what;
}
