import { outboxOpens } from '@/lib/mail/send/outbox-key';
import { env } from '@/lib/runtime/env';

/**
 * The outbox holds everybody's links, so it opens only where no mail server is set, and only by the secret
 * link that the terminal says. Everybody else is told what they are told of any page that is not there.
 */
export function mayReadOutbox(key: string): boolean {
  const { smtpUrl, secret } = env();
  return smtpUrl === null && outboxOpens(key, secret);
}
