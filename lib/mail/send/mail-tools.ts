import type { MailSite } from '@/emails/types';
import { env } from '@/lib/runtime/env';
import { type MailSender, mailSender } from '../wire/sender';
import { createMailer } from './create-mailer';
import type { Mailer } from './mailer';

/** What any mail of this installation needs to be written, signed and sent. */
export interface MailTools {
  mailer: Mailer;
  sender: MailSender;
  site: MailSite;
  /** Signs the links. */
  secret: string;
}

/** Lends the tools that the settings ask for, and hangs up afterwards. */
export async function withMailTools<T>(work: (tools: MailTools) => Promise<T>): Promise<T> {
  const settings = env();
  const mailer = createMailer(settings);
  try {
    return await work({
      mailer,
      sender: mailSender(settings),
      site: { url: settings.siteUrl, postalAddress: settings.postalAddress },
      secret: settings.secret,
    });
  } finally {
    await mailer.close();
  }
}
