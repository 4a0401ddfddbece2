import type { ModelDb } from '@/lib/db/sql';
import { env } from '@/lib/runtime/env';
import { enrichAll } from '@/lib/sources/enrich/run';
import { userAgentFor } from '@/lib/sources/fetch/etiquette';
import { createTransport } from '@/lib/sources/fetch/transport';
import { pollDue } from '@/lib/sources/poll/run';
import config from '@/lib/sources/settings';
import { sourceStates } from '@/lib/sources/store';

interface Context {
  now: Date;
  budgetMs: number;
}

/** Polls the sources that are on and due. */
export async function pollSources(db: ModelDb, { now, budgetMs }: Context) {
  const deadline = new Date(Date.now() + budgetMs);
  const transport = createTransport({ db, userAgent: userAgentFor(env()), deadline });
  return pollDue(db, { transport, config, now });
}

/** Asks services about papers that are here; only where real sources are on. */
export async function enrichPapers(db: ModelDb, { now, budgetMs }: Context) {
  const states = await sourceStates(db);
  if (!config.on.some((name) => states.get(name)?.enabled)) return { skipped: 'no source is on' };
  const deadline = new Date(Date.now() + budgetMs);
  const { githubToken, semanticScholarKey } = env();
  const transport = createTransport({ db, userAgent: userAgentFor(env()), deadline });
  return enrichAll(db, { transport, config, now, deadline, githubToken, semanticScholarKey });
}
