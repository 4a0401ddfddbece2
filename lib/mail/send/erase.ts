import type { ModelDb } from '@/lib/db/sql';
import { erase } from '@/lib/subscribers/reader-store';
import { removeFromOutbox } from './outbox';

/** Erases a reader wherever they are: in the database, and the mails to them in the outbox. */
export async function eraseReader(
  db: ModelDb,
  id: number,
  { dataDir, now }: { dataDir: string; now: Date },
): Promise<void> {
  await removeFromOutbox(dataDir, await erase(db, id, now));
}
