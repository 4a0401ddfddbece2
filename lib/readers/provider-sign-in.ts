import { type ModelDb, transaction } from '@/lib/db/sql';
import { addressHash } from '@/lib/subscribers/email-address';
import { isAllowedDomain, type Membership } from '@/lib/subscribers/membership';
import { noteSignedIn, putReader } from '@/lib/subscribers/reader-store';
import type { ProviderPerson } from './identity-claims';
import { addIdentity, readerOfIdentity } from './identity-store';
import { openSession } from './session-store';

export type SignedInByProvider =
  | { ok: true; sessionKey: string; readerId: number }
  | { ok: false; problem: 'unverified' | 'domain' };

/**
 * Signs in who came from the identity provider. An account there is one reader here for good; the first
 * time, that is the reader at the address, but only at one that the provider has verified.
 */
export async function signInByProvider(
  db: ModelDb,
  person: ProviderPerson,
  given: {
    browserName: string;
    idToken: string;
    membership: Membership;
    suppressionKey: string;
    now: Date;
  },
): Promise<SignedInByProvider> {
  const { membership, suppressionKey, browserName, idToken, now } = given;
  const { address, isAdmin } = person;
  if (membership.allowedDomains !== null) {
    if (!address) return { ok: false, problem: 'unverified' };
    if (!isAllowedDomain(membership, address)) return { ok: false, problem: 'domain' };
  }
  return transaction(db, async (tx) => {
    let readerId = await readerOfIdentity(tx, person);
    if (readerId === null) {
      if (!address) return { ok: false, problem: 'unverified' };
      const reader = await putReader(tx, address, addressHash(address.key, suppressionKey), now);
      // Of two first times at once, the second waited for the reader's row.
      readerId = await readerOfIdentity(tx, person);
      if (readerId === null) await addIdentity(tx, reader.id, person, now);
      readerId ??= reader.id;
    }
    await noteSignedIn(tx, readerId, now);
    const sessionKey = await openSession(tx, readerId, browserName, now, {
      admin: isAdmin,
      idToken,
    });
    return { ok: true, sessionKey, readerId };
  });
}
