import { resolveMx, resolveTxt } from 'node:dns/promises';
import SMTPConnection, { type SMTPError } from 'nodemailer/lib/smtp-connection';
import type { Lookup } from './dns-records';
import type { SendResult } from './mailer';
import { connectionOptions } from './smtp-connection';

type ConnectionCheck = { ok: true; says: string } | { ok: false; problem: string };

const PATIENCE = 15_000;

/** Connects, secures and logs in, and says in words at which step it went wrong and what may help. */
export function checkConnection(smtpUrl: string, patience = PATIENCE): Promise<ConnectionCheck> {
  const { connection: options, auth } = connectionOptions(smtpUrl);
  const smtp = new SMTPConnection({
    ...options,
    connectionTimeout: patience,
    greetingTimeout: patience,
    socketTimeout: patience,
    dnsTimeout: patience,
  });
  const where = `${smtp.host}:${smtp.port}`;
  return new Promise((resolve) => {
    const fail = (error: SMTPError) => {
      smtp.close();
      resolve({ ok: false, problem: connectionProblem(error, where, smtp.host) });
    };
    smtp.on('error', fail);
    smtp.connect((error) => {
      if (error) return fail(error);
      const done = () => {
        const secured = smtp.secure ? 'encrypted' : 'NOT encrypted';
        smtp.quit();
        resolve({
          ok: true,
          says: `${where} answers, ${secured}${auth ? ', login accepted' : ''}`,
        });
      };
      if (!auth) return done();
      smtp.login(auth, (error) => (error ? fail(error) : done()));
    });
  });
}

function connectionProblem(error: SMTPError, where: string, host: string): string {
  const cause = (error as { originalCode?: string }).originalCode ?? '';
  const said = error.response ?? error.message;
  if (error.code === 'EDNS' || /ENOTFOUND|EAI_AGAIN/.test(`${cause} ${said}`)) {
    return `DNS: the name ${host} cannot be found. Is it spelt right in SMTP_URL?`;
  }
  if (/ECONNREFUSED/.test(`${cause} ${said}`)) {
    return `TCP: nothing listens at ${where}. Usual ports are 587 (smtp://) and 465 (smtps://).`;
  }
  if (error.code === 'ETIMEDOUT') {
    return `TCP: ${where} does not answer. A firewall in between? Many hosters close port 25; try 587 or 465. A server that wants smtps:// and is asked by smtp:// is silent, too.`;
  }
  if (error.code === 'ETLS' || /SSL|TLS|certificate|wrong version|self.signed/i.test(said)) {
    return `TLS: no secure connection to ${where}: ${error.message}. Port 465 wants smtps://, port 587 smtp://; a certificate of your own needs NODE_EXTRA_CA_CERTS.`;
  }
  if (error.code === 'EAUTH') {
    return `Login: ${said}. Check user and password in SMTP_URL; special characters there must be percent-encoded (@ is %40).`;
  }
  return `SMTP: ${where} ends the conversation: ${said}`;
}

/** What to do about a test mail's result; null when it was sent. */
export function resultProblem(result: SendResult, from: string): string | null {
  const answer = [result.code, result.enhanced, result.text].filter(Boolean).join(' ');
  if (result.status === 'sent') return null;
  if (/relay/i.test(result.text)) {
    return `Relay refused: ${answer}. The server sends for others only after login, or from known addresses: put user and password into SMTP_URL.`;
  }
  const refused = (result.code ?? 0) >= 500;
  if (refused && 'scope' in result && ['policy', 'connection'].includes(result.scope)) {
    return `The server refuses our mail: ${answer}. It may not let this login send as ${from} (MAIL_FROM).`;
  }
  if (result.status === 'failed') return `The recipient was refused: ${answer}`;
  if (result.status === 'deferred') return `Not now: ${answer}. Try again later.`;
  return `It is not known whether the mail was taken: ${answer}`;
}

const NO_RECORD = new Set(['ENOTFOUND', 'ENODATA']);

export const lookupDns: Lookup = async (name, type) => {
  try {
    if (type === 'MX') return (await resolveMx(name)).map(({ exchange }) => exchange);
    return (await resolveTxt(name)).map((strings) => strings.join(''));
  } catch (error) {
    if (NO_RECORD.has(String((error as NodeJS.ErrnoException).code))) return [];
    throw error;
  }
};
