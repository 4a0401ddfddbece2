import type { ModelDb } from '@/lib/db/sql';
import { type Actor, ANONYMOUS, authorise } from '@/lib/readers/actor';
import { signToken, verifyToken } from '@/lib/subscribers/link-tokens';

/** Signed as of one moment, so that a reader's feed has one address. */
const SIGNED_AT = new Date(0);

/** The secret address of a reader's feed "for you". */
export async function feedUrl(
  db: ModelDb,
  actor: Actor,
  { secret, siteUrl }: { secret: string; siteUrl: string },
): Promise<string> {
  const id = authorise(actor, 'interest:write');
  const { key, feedEpoch } = await db.reader.findUniqueOrThrow({
    where: { id },
    select: { key: true, feedEpoch: true },
  });
  const token = signToken('for-you', { readerKey: key, epoch: feedEpoch }, SIGNED_AT, secret);
  return `${siteUrl}/for-you/atom?token=${token}`;
}

/** Who reads a feed by its address; anonymous where the address is none, or was renewed. */
export async function feedActor(
  db: ModelDb,
  token: string,
  secret: string,
  now: Date,
): Promise<Actor> {
  const read = verifyToken('for-you', token, now, secret);
  if (!read.ok) return ANONYMOUS;
  const { readerKey: key, epoch: feedEpoch } = read.payload;
  const reader = await db.reader.findFirst({ where: { key, feedEpoch }, select: { id: true } });
  return reader ? { kind: 'feed', readerId: reader.id } : ANONYMOUS;
}

/** Makes the address that there was open nothing any more. */
export async function renewFeed(db: ModelDb, actor: Actor): Promise<void> {
  const id = authorise(actor, 'interest:write');
  await db.reader.update({ where: { id }, data: { feedEpoch: { increment: 1 } } });
}
