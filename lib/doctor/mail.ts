import { checkConnection, lookupDns } from '../mail/send/check';
import { checkRecord, type DnsRecord, type Lookup } from '../mail/send/dns-records';
import { linkProblem } from '../mail/send/link-problem';
import { recordsOf } from '../mail/send/records-of-settings';
import type { Env } from '../runtime/env';
import { type Finding, messageOf, ok, problem, warning } from './finding';

/** Less than the time that a check has, so that the answer says at which step it went wrong. */
const SMTP_MS = 7_000;

/** The way of a mail up to its first server: connection, encryption and login. Sends nothing. */
export async function mailPath(settings: Env): Promise<Finding[]> {
  const { smtpUrl } = settings;
  if (smtpUrl === null) {
    return [warning('mail is kept in the outbox and goes to nobody', 'Set SMTP_URL.')];
  }
  const links = linkProblem(settings);
  const connection = await checkConnection(smtpUrl, SMTP_MS);
  return [
    connection.ok
      ? ok(connection.says)
      : problem(connection.problem, 'Then try it with: npm run cli -- mail test ADDRESS'),
    ...(links ? [problem(links, 'Set SITE_URL, and start the server again.')] : []),
  ];
}

/** What receivers ask DNS about our mail. */
export async function dnsFindings(settings: Env, lookup: Lookup = lookupDns): Promise<Finding[]> {
  if (settings.smtpUrl === null) return [ok('not asked: no mail leaves this machine')];
  return Promise.all(recordsOf(settings).map((record) => recordFinding(record, lookup)));
}

async function recordFinding(record: DnsRecord, lookup: Lookup): Promise<Finding> {
  const { purpose, name } = record;
  const where = `${purpose} at ${name}`;
  const remedy = 'npm run cli -- mail dns prints the records to set.';
  try {
    const wrong = await checkRecord(record, lookup);
    if (wrong === null) return ok(`${where}: as it should be`);
    // Mail may pass without SPF or DMARC of ours; with a broken key or nowhere to bounce to, it is lost.
    const isFatal = purpose === 'DKIM' || purpose === 'bounces';
    return (isFatal ? problem : warning)(`${where}: ${wrong}`, remedy);
  } catch (error) {
    return warning(
      `${where}: could not be looked up (${messageOf(error)})`,
      'Look at the DNS servers of this machine (/etc/resolv.conf).',
    );
  }
}
