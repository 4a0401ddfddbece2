import { readFileSync } from 'node:fs';
import type { Env } from '@/lib/runtime/env';
import { createDkimSigner, DkimKeyError, type DkimSigner } from './dkim';
import { domainOf, readMailbox } from './mailbox';

/** Who our mails are from, and what signs them. */
export interface MailSender {
  name: string;
  address: string;
  /** Of the address: Message-ID and List-Id are under it. */
  domain: string;
  siteUrl: string;
  replyTo: string;
  /** Null where nobody reads mail: then no mailto in the headers. */
  contact: string | null;
  /** Bounces come to addresses under it; null: to the sender. */
  bounceDomain: string | null;
  /** Signs bounce addresses. */
  secret: string;
  dkim: DkimSigner | null;
}

type SenderSettings = Pick<
  Env,
  | 'mailFrom'
  | 'siteUrl'
  | 'contactEmail'
  | 'bounceDomain'
  | 'secret'
  | 'dkimDomain'
  | 'dkimSelector'
  | 'dkimPrivateKey'
>;

/** @throws DkimKeyError */
export function mailSender(settings: SenderSettings): MailSender {
  const { name, address } = readMailbox(settings.mailFrom);
  const { dkimDomain, dkimSelector, dkimPrivateKey } = settings;
  return {
    name,
    address,
    domain: domainOf(address),
    siteUrl: settings.siteUrl,
    replyTo: settings.contactEmail ?? address,
    contact: settings.contactEmail,
    bounceDomain: settings.bounceDomain,
    secret: settings.secret,
    dkim:
      dkimDomain && dkimSelector && dkimPrivateKey
        ? createDkimSigner({
            domain: dkimDomain,
            selector: dkimSelector,
            privateKey: dkimKeyText(dkimPrivateKey),
          })
        : null,
  };
}

/** The setting is the key itself or `file:` and the path of one. */
export function dkimKeyText(setting: string): string {
  if (!setting.startsWith('file:')) return setting;
  const path = setting.slice('file:'.length);
  try {
    return readFileSync(/* turbopackIgnore: true */ path, 'utf8');
  } catch (error) {
    throw new DkimKeyError(`DKIM_PRIVATE_KEY: cannot read ${path}: ${(error as Error).message}`);
  }
}
