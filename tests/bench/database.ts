import { openDatabase } from '../../lib/db/client';
import type { PrismaClient } from '../../lib/db/generated/client';
import { migrate } from '../../lib/db/migrate';
import { type EmptyDatabase, emptyDatabase } from '../empty-database';

export interface ScratchDatabase extends EmptyDatabase {
  db: PrismaClient;
  /** `embedded`, or `PostgreSQL` where `DATABASE_URL` names one. */
  kind: string;
}

/** A migrated database of its own, without rows; `url` as of `emptyDatabase`. */
export async function scratchDatabase(name: string, url?: string | null): Promise<ScratchDatabase> {
  const { target, remove } = await emptyDatabase(name, url);
  await migrate(target);
  const db = openDatabase(target);
  return {
    db,
    target,
    kind: 'url' in target ? 'PostgreSQL' : 'embedded',
    async remove() {
      await db.$disconnect();
      await remove();
    },
  };
}
