import { env } from '@/lib/env';
import { isLocal } from '@/lib/http/client-address.mjs';

/**
 * The outbox holds everybody's links, so it opens only where no mail server is set, and only to
 * somebody at this machine. Everybody else is told what they are told of any page that is not there.
 */
export function mayReadOutbox(headers: Headers): boolean {
  return env().smtpUrl === null && isLocal(headers);
}
