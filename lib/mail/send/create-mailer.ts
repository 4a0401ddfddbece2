import type { Mailer } from './mailer';
import { OutboxMailer } from './outbox';
import { SmtpMailer } from './smtp';

export interface TransportSettings {
  /** Null: messages land as files in `dataDir/outbox`. */
  smtpUrl: string | null;
  dataDir: string;
}

/** The mailer that the settings ask for. Connects when the first message is sent. */
export function createMailer({ smtpUrl, dataDir }: TransportSettings): Mailer {
  return smtpUrl === null ? new OutboxMailer(dataDir) : new SmtpMailer(smtpUrl);
}
