import type { Env } from '@/lib/runtime/env';
import type { ReaderAddress } from './email-address';

/** Whose address may come in: the rule of ALLOWED_DOMAINS and of private sites. Pure. */

export type Membership = Env['membership'];

type Domain = Pick<ReaderAddress, 'domain'>;

/** Whether the domain is one of those that were named: the very one, and none below it. */
export function isAllowedDomain({ allowedDomains }: Membership, { domain }: Domain): boolean {
  return allowedDomains === null || allowedDomains.includes(domain);
}

/**
 * Whether a mail to sign in with goes to the address. On a private site that names no domains it goes to
 * those alone who are readers already.
 */
export function maySignIn(membership: Membership, address: Domain, isReader: boolean): boolean {
  const { isPrivate, allowedDomains } = membership;
  if (isPrivate && allowedDomains === null) return isReader;
  return isAllowedDomain(membership, address);
}

/** Whether the address may ask for a digest. */
export function maySubscribe(membership: Membership, address: Domain, isReader: boolean): boolean {
  const { isPrivate, allowedDomains } = membership;
  return !isPrivate || isReader || (allowedDomains?.includes(address.domain) ?? false);
}
