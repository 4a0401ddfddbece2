import { own } from '@/app/api/v1/own';
import { accountZip, zipAnswer } from '@/lib/api/account-export';
import { env } from '@/lib/runtime/env';

export function GET(request: Request): Promise<Response> {
  return own(request, async ({ db, actor, now }) =>
    zipAnswer(await accountZip(db, actor, { now, siteUrl: env().siteUrl })),
  );
}
