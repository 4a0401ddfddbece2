import { parseArgs } from 'node:util';
import { isoDay } from '../calendar/day-names';
import { DAY_MS } from '../calendar/days';
import { parsePeriod, periodRange } from '../feed/periods';
import { rankAll } from '../feed/rank';
import { replayHistory, settledUntil } from '../feed/replay-history';
import { replayLines } from '../feed/replay-labels';
import { type Command, type Output, UsageError } from './command';
import { withDatabase } from './database';
import { progressLine } from './progress';

const REPLAYED_DAYS = 90;

export const command: Command = {
  name: 'rank',
  usage: [
    'rank [--now ISO-TIME]',
    'rank replay [--from DAY] [--to DAY] (how well past orders predicted later upvotes)',
  ],
  summary: 'score every paper anew, as of now or of a moment in the past; judge the ranking',
  async run(args, output) {
    return args[0] === 'replay' ? replay(args.slice(1), output) : rank(args, output);
  },
};

async function rank(args: string[], { print, progress }: Output): Promise<number> {
  const { values } = parseArgs({ args, options: { now: { type: 'string' } } });
  const now = values.now === undefined ? new Date() : new Date(values.now);
  if (Number.isNaN(now.getTime())) {
    throw new UsageError(`"${values.now}" is no time. An example: --now 2026-03-12T08:00:00Z`);
  }
  return withDatabase('rank', async (db) => {
    const startedAt = Date.now();
    const { papers, changed } = await rankAll(db, now, {
      replay: values.now !== undefined,
      progress: (done, total) =>
        progress(progressLine({ done, total, unit: 'papers', startedAt }, Date.now())),
    });
    print(`${papers} papers ranked, ${changed} changed their place.`);
    return 0;
  });
}

async function replay(args: string[], { print, progress }: Output): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { from: { type: 'string' }, to: { type: 'string' } },
  });
  const now = new Date();
  const settled = settledUntil(now);
  const to = values.to === undefined ? settled : dayRange('--to', values.to).to;
  const from =
    values.from === undefined
      ? new Date(to.getTime() - REPLAYED_DAYS * DAY_MS)
      : dayRange('--from', values.from).from;
  if (to > settled) {
    const last = isoDay(new Date(settled.getTime() - DAY_MS));
    throw new UsageError(`The counts of the last days still move: --to ${last} at the latest.`);
  }
  if (from >= to) throw new UsageError('--from is a day before --to, or the same.');
  return withDatabase('rank replay', async (db) => {
    const startedAt = Date.now();
    const found = await replayHistory(
      db,
      { from, to },
      {
        now,
        progress: (done, total) =>
          progress(progressLine({ done, total, unit: 'weeks', startedAt }, Date.now())),
      },
    );
    for (const line of replayLines(found)) print(line);
    return found.day || found.week ? 0 : 1;
  });
}

function dayRange(option: string, text: string) {
  const period = parsePeriod(text);
  if (period?.unit !== 'day') {
    throw new UsageError(`"${text}" is no day. An example: ${option} 2026-03-12`);
  }
  return periodRange(period);
}
