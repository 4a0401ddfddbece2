import { outboxPath } from '../mail/send/outbox-key';
import { env } from '../runtime/env';
import { type Command, UsageError } from './command';

export const command: Command = {
  name: 'outbox',
  usage: ['outbox'],
  summary: 'the secret link to the mails that are kept because no mail server is set',
  async run(args, { print, note }) {
    if (args.length > 0) throw new UsageError(`"outbox ${args.join(' ')}" is not understood.`);
    const { smtpUrl, siteUrl, secret } = env();
    if (smtpUrl !== null) {
      note('SMTP_URL is set: mails leave, and the outbox is closed.');
      return 1;
    }
    print(`${siteUrl}${outboxPath(secret)}`);
    note('Whoever has this link reads all mails, with the links in them.');
    return 0;
  },
};
