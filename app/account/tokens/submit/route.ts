import { ACCOUNT } from '@/app/account/account-form';
import { sessionForm } from '@/app/session-form';
import { getDb } from '@/lib/db/client';
import { field, fields, seeOther } from '@/lib/http/form';
import { newTokenCookie } from '@/lib/readers/cookies';
import {
  createToken,
  isScope,
  LONGEST_NAME,
  revokeToken,
} from '@/lib/readers/personal-token-store';
import { env } from '@/lib/runtime/env';
import { oneLine } from '@/lib/runtime/one-line';

/** Makes and revokes personal tokens. */
export async function POST(request: Request): Promise<Response> {
  const now = new Date();
  const posted = await sessionForm(request, ACCOUNT, now);
  if (posted instanceof Response) return posted;
  const { form, actor } = posted;
  if (field(form, 'do') === 'revoke') {
    await revokeToken(getDb(), actor, Number(field(form, 'id')) || 0);
    return seeOther('/account?done=token');
  }
  const name = oneLine(field(form, 'name'));
  const scopes = [...new Set(fields(form, 'scope').filter(isScope))];
  if (name === '' || name.length > LONGEST_NAME || scopes.length === 0) {
    return seeOther('/account?problem=name');
  }
  const token = await createToken(getDb(), actor, { name, scopes }, now);
  if (token === null) return seeOther('/account?problem=many');
  return seeOther('/account', { 'set-cookie': newTokenCookie(token, env().siteUrl) });
}
