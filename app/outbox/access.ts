import { isLocal } from '@/lib/http/client-address.mjs';
import { env } from '@/lib/runtime/env';

/**
 * The outbox holds everybody's links, so it opens only where no mail server is set, and only to
 * somebody at this machine, which nobody is known to be where a proxy stands in front. Everybody else is told what they are told of any page that is not there.
 */
export function mayReadOutbox(headers: Headers): boolean {
  const { smtpUrl, trustProxy } = env();
  return smtpUrl === null && trustProxy === 0 && isLocal(headers);
}
