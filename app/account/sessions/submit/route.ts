import { ACCOUNT } from '@/app/account/account-form';
import { sessionForm } from '@/app/session-form';
import { getDb } from '@/lib/db/client';
import { field, seeOther } from '@/lib/http/form';
import { revokeSession } from '@/lib/readers/session-store';

/** Signs another browser of the reader's out. */
export async function POST(request: Request): Promise<Response> {
  const posted = await sessionForm(request, ACCOUNT, new Date());
  if (posted instanceof Response) return posted;
  await revokeSession(getDb(), posted.actor, Number(field(posted.form, 'id')) || 0);
  return seeOther('/account?done=session');
}
