import { done, own } from '@/app/api/v1/own';
import { eraseReader } from '@/lib/mail/send/erase';
import { authorise } from '@/lib/readers/actor';
import { env } from '@/lib/runtime/env';

/** Erases the reader whose token it is, and with them the token. */
export function DELETE(request: Request): Promise<Response> {
  return own(request, async ({ db, actor, now }) => {
    const readerId = authorise(actor, 'account:erase');
    await eraseReader(db, readerId, { dataDir: env().dataDir, now });
    return done();
  });
}
