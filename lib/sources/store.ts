import type { JsonInput, ModelDb } from '@/lib/db/sql';

/** How a source is, and where its next poll begins. */
interface SourceState {
  name: string;
  enabled: boolean;
  cursor: unknown;
  dueAt: Date | null;
  succeededAt: Date | null;
  newsAt: Date | null;
  failures: number;
  problem: string | null;
}

export async function sourceStates(db: ModelDb): Promise<Map<string, SourceState>> {
  const rows = await db.sourceState.findMany();
  return new Map(rows.map((row) => [row.name, row]));
}

/** Switched on, a source is due at once. */
export async function enableSource(db: ModelDb, name: string, enabled: boolean): Promise<void> {
  await db.sourceState.upsert({
    where: { name },
    create: { name, enabled },
    update: { enabled, dueAt: null, failures: 0, problem: null },
  });
}

export async function updateSource(
  db: ModelDb,
  name: string,
  change: Partial<Omit<SourceState, 'name' | 'cursor'>> & { cursor?: JsonInput },
): Promise<void> {
  await db.sourceState.upsert({ where: { name }, create: { name, ...change }, update: change });
}
