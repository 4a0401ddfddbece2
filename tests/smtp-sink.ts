import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { freePort } from './server';

/** A real SMTP server that keeps what it receives. */
export interface SmtpSink {
  url: string;
  mails: ParsedMail[];
  /** The first mail to `address` whose subject fits; waits for it up to ten seconds. */
  mailTo(address: string, subject: RegExp): Promise<ParsedMail>;
  stop(): Promise<void>;
}

export async function startSmtpSink(): Promise<SmtpSink> {
  const mails: ParsedMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      simpleParser(stream).then(
        (mail) => {
          mails.push(mail);
          done();
        },
        (error: Error) => done(error),
      );
    },
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()));
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    async mailTo(address, subject) {
      const deadline = Date.now() + 10_000;
      for (;;) {
        const found = mails.find(
          (mail) => recipients(mail).includes(address) && subject.test(mail.subject ?? ''),
        );
        if (found) return found;
        if (Date.now() > deadline) {
          const seen = mails.map((mail) => `${recipients(mail)}: ${mail.subject}`).join('\n');
          throw new Error(`No mail to ${address} about ${subject} came. There were:\n${seen}`);
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}

function recipients(mail: ParsedMail): string[] {
  const to = Array.isArray(mail.to) ? mail.to : mail.to ? [mail.to] : [];
  return to.flatMap(({ value }) => value.map(({ address }) => address ?? ''));
}
