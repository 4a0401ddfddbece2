import { type ModelDb, sql } from '@/lib/db/sql';
import { SOURCE_LABELS, SOURCE_NAMES, type SourceName } from '@/lib/sources/config';
import config from '@/lib/sources/settings';
import { describeSource, type Mood } from '@/lib/sources/status';
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

/** Every source that can be visited, and how it is. */
export async function sourceReports(db: ModelDb, now: Date): Promise<SourceReport[]> {
  const states = await sourceStates(db);
  return SOURCE_NAMES.map((name) => {
    const state = states.get(name);
    const health = {
      enabled: state?.enabled ?? false,
      fromArxiv: name.startsWith('arxiv'),
      everyHours: config.everyHours[name],
      dueAt: state?.dueAt ?? null,
      succeededAt: state?.succeededAt ?? null,
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
      dueAt: health.enabled ? health.dueAt : null,
    };
  });
}

export interface RunReport {
  id: number;
  source: string;
  startedAt: Date;
  endedAt: Date | null;
  /** A run without a sign of life for ten minutes was killed. */
  outcome: 'running' | 'done' | 'failed' | 'interrupted' | 'killed';
  counts: Partial<RunCounts>;
  message: string | null;
}

export async function latestRuns(db: ModelDb, limit: number, now: Date): Promise<RunReport[]> {
  const rows = await db.$queryRaw<RunReport[]>(sql`
    select id, source, started_at as "startedAt", ended_at as "endedAt", counts, message,
      case when outcome = 'running' and active_at < ${now}::timestamptz - interval '10 minutes'
        then 'killed' else outcome end as outcome
    from source_run order by id desc limit ${limit}`);
  return rows;
}

/** How much there is: papers, papers by how they came, rejected records. */
export async function catalogueCounts(
  db: ModelDb,
): Promise<{ papers: number; quarantined: number }> {
  const [row] = await db.$queryRaw<{ papers: number; quarantined: number }[]>(sql`
    select (select count(*)::int from paper where hidden_at is null) as papers,
      (select count(*)::int from quarantine) as quarantined`);
  return row!;
}
