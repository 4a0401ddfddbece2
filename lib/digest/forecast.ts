import type { ModelDb } from '@/lib/db/sql';
import { issueName, plan } from '../subscribers/timetable';
import type { SearchPapers } from './compose';
import { createComposer } from './compose';
import { dueSubscriptions } from './history-store';
import { paperIdsOf } from './personal-digest';
import { loadRecipients } from './recipient-store';

/** What a run at `now` would do, for one reader. */
export interface Forecast {
  email: string;
  issue: string;
  papers: number;
  /** Why nothing would be sent. */
  nothing: string | null;
}

/** A dry run: composes what is due as a run would, and writes nothing. */
export async function forecast(
  db: ModelDb,
  { now, limit, search }: { now: Date; limit: number; search: SearchPapers },
): Promise<{ due: number; forecasts: Forecast[] }> {
  const { total, due } = await dueSubscriptions(db, now, limit);
  const recipients = await loadRecipients(
    db,
    due.map(({ id }) => id),
  );
  const compose = createComposer(db, { now, freeze: false, search });
  const asked = due.flatMap((each) => {
    const recipient = recipients.get(each.id);
    const { period } = plan(each, each.nextRunAt, now);
    return recipient ? [{ recipient, issue: issueName(each.cadence, period) }] : [];
  });
  const compositions = asked.length === 0 ? [] : await compose(asked);
  const forecasts = compositions.map((composition, index) => ({
    email: asked[index]!.recipient.reader.email,
    issue: asked[index]!.issue,
    papers: 'nothing' in composition ? 0 : paperIdsOf(composition.content).length,
    nothing: 'nothing' in composition ? composition.nothing : null,
  }));
  return { due: total, forecasts };
}
