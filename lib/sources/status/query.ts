import type { SourceRunOutcome } from '@/lib/db/generated/enums';
import { type ModelDb, sql } from '@/lib/db/sql';
import { ENRICHER_NAMES, SOURCE_LABELS, SOURCE_NAMES, type SourceName } from '@/lib/sources/config';
import config from '@/lib/sources/settings';
import { describeSource, type Mood } from '@/lib/sources/status/describe';
import { type RunCounts, sourceStates } from '@/lib/sources/store';

export interface SourceReport {
  name: SourceName;
  label: string;
  on: boolean;
  mood: Mood;
  words: string;
  succeededAt: Date | null;
  dueAt: Date | null;
}

/** Every source that can be polled, and how it is. */
export async function sourceReports(db: ModelDb, now: Date): Promise<SourceReport[]> {
  const states = await sourceStates(db);
  const polls = await latestPolls(db, now);
  return SOURCE_NAMES.map((name) => {
    const state = states.get(name);
    const poll = polls.get(name);
    const health = {
      enabled: state?.enabled ?? false,
      fromArxiv: name.startsWith('arxiv'),
      everyHours: config.everyHours[name],
      succeededAt: state?.succeededAt ?? null,
      counts: poll?.counts ?? null,
      underWay: poll?.underWay ?? null,
      newsAt: state?.newsAt ?? null,
      failures: state?.failures ?? 0,
      problem: state?.problem ?? null,
    };
    const { mood, words } = describeSource(health, now);
    return {
      name,
      label: SOURCE_LABELS[name],
      on: health.enabled,
      mood,
      words,
      succeededAt: health.succeededAt,
      dueAt: health.enabled ? (state?.dueAt ?? null) : null,
    };
  });
}

interface LatestPoll {
  counts: RunCounts | null;
  underWay: number | null;
}

/**
 * By source, what the last poll that came to its end brought, in however many calls, and how far one
 * has come since. A poll without a call for two hours is not under way but forgotten.
 */
async function latestPolls(db: ModelDb, now: Date): Promise<Map<string, LatestPoll>> {
  const rows = await db.$queryRaw<({ source: string; ended: boolean } & RunCounts)[]>(sql`
    select source, ends = 1 as ended, ${sum('read')} as read, ${sum('new')} as new,
      ${sum('updated')} as updated, ${sum('unchanged')} as unchanged, ${sum('rejected')} as rejected
    from (
      select source, counts, active_at, count(*) filter (where outcome = 'done')
        over (partition by source order by id desc) as ends
      from source_run
      where source = any(${[...SOURCE_NAMES]}::text[]) and input is null
        and started_at > ${now}::timestamptz - interval '30 days') run
    where ends <= 1
    group by source, ends
    having ends = 1 or max(active_at) > ${now}::timestamptz - interval '2 hours'`);
  const polls = new Map<string, LatestPoll>();
  for (const { source, ended, ...counts } of rows) {
    const poll = polls.get(source) ?? { counts: null, underWay: null };
    polls.set(source, ended ? { ...poll, counts } : { ...poll, underWay: counts.read });
  }
  return polls;
}

function sum(kind: keyof RunCounts) {
  return sql`coalesce(sum((counts->>${kind})::int), 0)::int`;
}

export interface RunReport {
  id: number;
  source: string;
  startedAt: Date;
  endedAt: Date | null;
  /** A run without a sign of life for ten minutes was killed. */
  outcome: SourceRunOutcome | 'killed';
  counts: Partial<RunCounts>;
  message: string | null;
}

/** The latest first. Services that enrich are asked every hour: of each only the latest run. */
export async function latestRuns(db: ModelDb, limit: number, now: Date): Promise<RunReport[]> {
  const rows = await db.$queryRaw<RunReport[]>(sql`
    select id, source, started_at as "startedAt", ended_at as "endedAt", counts, message,
      case when outcome = 'running' and active_at < ${now}::timestamptz - interval '10 minutes'
        then 'killed' else outcome::text end as outcome
    from source_run
    where source <> all(${[...ENRICHER_NAMES]}::text[]) or id in (
      select max(id) from source_run where source = any(${[...ENRICHER_NAMES]}::text[])
      group by source)
    order by id desc limit ${limit}`);
  return rows;
}

/** How much there is: papers, papers by how they came, rejected records. */
export async function catalogueCounts(db: ModelDb): Promise<{ papers: number; rejected: number }> {
  const [row] = await db.$queryRaw<{ papers: number; rejected: number }[]>(sql`
    select (select count(*)::int from paper where hidden_at is null) as papers,
      (select count(*)::int from rejected_record) as rejected`);
  return row!;
}
