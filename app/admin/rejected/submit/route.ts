import { adminForm } from '@/app/admin/admin-session';
import { ReasonMissing } from '@/lib/admin/acts';
import { clearAllRejected, retryAllRejected } from '@/lib/admin/rejected';
import { getDb } from '@/lib/db/client';
import { field, seeOther } from '@/lib/http/form';
import { env } from '@/lib/runtime/env';
import { userAgentFor } from '@/lib/sources/fetch/etiquette';
import { createTransport } from '@/lib/sources/fetch/transport';
import { fetchByArxivId } from '@/lib/sources/poll/atom-poller';
import config from '@/lib/sources/settings';

const PAGE = '/admin/rejected';
/** A browser waits so long. */
const LONGEST_MS = 25_000;

/** Tries rejected records again, or forgets them. */
export async function POST(request: Request): Promise<Response> {
  const now = new Date();
  const posted = await adminForm(request, PAGE, now);
  if (posted instanceof Response) return posted;
  const { form, actor } = posted;
  const reason = field(form, 'reason');
  const db = getDb();
  try {
    if (field(form, 'do') === 'clear') {
      if (field(form, 'sure') !== 'yes') return seeOther(`${PAGE}?problem=sure`);
      const done = await clearAllRejected(db, actor, reason, now);
      return seeOther(`${PAGE}?${done ? `done=clear.${done.count}` : 'problem=gone'}`);
    }
    const transport = createTransport({ db, userAgent: userAgentFor(env()) });
    const report = await retryAllRejected(db, actor, {
      ...{ reason, now, signal: AbortSignal.timeout(LONGEST_MS) },
      fetchWanted: (ids) => fetchByArxivId({ transport, config, now }, ids),
    });
    if (report.interrupted) return seeOther(`${PAGE}?problem=long`);
    return seeOther(`${PAGE}?done=retry.${report.new}.${report.updated}.${report.rejected}`);
  } catch (error) {
    if (error instanceof ReasonMissing) return seeOther(`${PAGE}?problem=reason`);
    throw error;
  }
}
