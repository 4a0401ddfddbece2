import type { Env } from '../../runtime/env';
import { readPrivateKey } from '../wire/dkim';
import { domainOf, readMailbox } from '../wire/mailbox';
import { dkimKeyText } from '../wire/sender';
import { type DnsRecord, dnsRecords } from './dns-records';
import { connectionOptions } from './smtp-connection';

/** The DNS records that this installation's mail needs. */
export function recordsOf(settings: Env): DnsRecord[] {
  const { dkimDomain, dkimSelector, dkimPrivateKey, smtpUrl } = settings;
  return dnsRecords({
    senderDomain: domainOf(readMailbox(settings.mailFrom).address),
    smtpHost: smtpUrl === null ? null : (connectionOptions(smtpUrl).connection.host ?? null),
    bounceDomain: settings.bounceDomain,
    contact: settings.contactEmail,
    dkim:
      dkimDomain && dkimSelector && dkimPrivateKey
        ? {
            domain: dkimDomain,
            selector: dkimSelector,
            key: readPrivateKey(dkimKeyText(dkimPrivateKey)),
          }
        : null,
  });
}
