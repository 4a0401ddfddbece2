/** One sending worker, told by messages when to run; made to be killed. */
import { openDatabase } from '@/lib/db/client';
import { runDigest } from '@/lib/digest/run';
import { toolsFor } from '../db/digest/world';

export interface Order {
  now: string;
  smtpUrl: string;
}

const db = openDatabase(JSON.parse(process.argv[2]!));

process.on('message', async ({ now, smtpUrl }: Order) => {
  const tools = toolsFor(smtpUrl);
  try {
    const report = await runDigest(db, tools, { now: new Date(now), budgetMs: 60_000 });
    process.send!({ report });
  } catch (error) {
    process.send!({ error: (error as Error).message });
  }
  await tools.mailer.close();
});
process.on('disconnect', () => process.exit(0));
process.send!({ ready: true });
