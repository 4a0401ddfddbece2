import { parseAddress, type ReaderAddress } from '@/lib/subscribers/email-address';

/** What an identity provider says of a person. Pure. */

export type Claims = Readonly<Record<string, unknown>>;

export interface ProviderPerson {
  issuer: string;
  subject: string;
  /** Null where the provider does not say that it is theirs. */
  address: ReaderAddress | null;
  isAdmin: boolean;
}

/** Whether what the provider signed says all that we ask for; else it is asked for the rest. */
export function isComplete(signed: Claims, roleClaim: string | null): boolean {
  return saysAddress(signed) && (roleClaim === null || claimAt(signed, roleClaim) !== undefined);
}

const saysAddress = ({ email, email_verified }: Claims) =>
  email !== undefined && email_verified !== undefined;

/** What was signed goes before what was told besides; an address and its proof come from one of them. */
export function joinClaims(signed: Claims, told: Claims): Claims {
  const { email, email_verified } = saysAddress(signed) ? signed : told;
  return { ...told, ...signed, email, email_verified };
}

/** `issuer` and `subject` are those of the signed token. */
export function personOfClaims(claims: Claims, roleClaim: string | null): ProviderPerson {
  const { iss, sub, email, email_verified } = claims;
  const isTheirs = email_verified === true && typeof email === 'string';
  const parsed = isTheirs ? parseAddress(email.slice(0, 400)) : null;
  return {
    issuer: String(iss),
    subject: String(sub),
    address: parsed?.ok ? parsed.address : null,
    isAdmin: isAdminBy(claims, roleClaim),
  };
}

/** Whether the claim is the word `admin`, or a list with it. */
export function isAdminBy(claims: Claims, roleClaim: string | null): boolean {
  if (roleClaim === null) return false;
  return [claimAt(claims, roleClaim)].flat().includes('admin');
}

/** A claim by its name, or by its way through others: `realm_access.roles`. */
function claimAt(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  let found: unknown = claims;
  for (const part of name.split('.')) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, part))
      return undefined;
    found = (found as Claims)[part];
  }
  return found;
}
