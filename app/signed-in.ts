import { headers } from 'next/headers';
import { getDb } from '@/lib/db/client';
import type { Actor } from '@/lib/readers/actor';
import { sessionActor } from '@/lib/readers/request-actor';
import { personById } from '@/lib/subscribers/reader-store';
import type { Reader } from '@/lib/subscribers/types';

export type Session = Actor & { kind: 'session' };

/** Who reads a page, for pages that are made for one reader; null of whoever is not signed in. */
export async function signedIn(now: Date): Promise<{ actor: Session; reader: Reader } | null> {
  const actor = await sessionActor(getDb(), new Headers(await headers()), now);
  if (actor.kind !== 'session') return null;
  const reader = await personById(getDb(), actor.readerId);
  return reader && { actor, reader };
}

/** The page to sign in on, which leads back to where the reader was. */
export function signInPath(next: string): string {
  return `/sign-in?next=${encodeURIComponent(next)}`;
}
