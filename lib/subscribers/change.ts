import { type ModelDb, transaction } from '@/lib/db/sql';
import { timetableWords } from '@/lib/subscribers/timetable';
import { type PreferencesResult, readPreferences, type TypedPreferences } from './preference-form';
import type { Preferences } from './preferences';
import {
  type Evidence,
  pause,
  recordConsent,
  resume,
  type Subscription,
  savePreferences,
} from './store';

/** What a reader changes by a signed link. Each change is part of the consent record. */

const PAUSE_MS = 14 * 86_400_000;

/** What the subscription asks for, without who asks and how it stands. */
export function preferencesOf(subscription: Subscription): Preferences {
  const { cadence, weekday, monthday, hour, timezone, maxPapers, tags, mutedTags, searches } =
    subscription;
  return { cadence, weekday, monthday, hour, timezone, maxPapers, tags, mutedTags, searches };
}

/** What was wrong, by name of the field, where the form has a value that does not fit: nothing is saved then. */
export async function changePreferences(
  db: ModelDb,
  subscription: Subscription,
  typed: TypedPreferences,
  evidence: Evidence,
  now: Date,
): Promise<PreferencesResult> {
  const wanted = readPreferences(typed);
  if (!wanted.ok) return wanted;
  await transaction(db, async (tx) => {
    await savePreferences(tx, subscription, wanted.preferences, now);
    const wording = `Changed to ${timetableWords(wanted.preferences)}`;
    await recordConsent(tx, subscription.id, 'changed', wording, evidence, now);
  });
  return wanted;
}

export async function pauseForAWhile(
  db: ModelDb,
  subscription: Subscription,
  evidence: Evidence,
  now: Date,
): Promise<void> {
  await transaction(db, async (tx) => {
    await pause(tx, subscription, new Date(now.getTime() + PAUSE_MS));
    await recordConsent(tx, subscription.id, 'paused', 'Paused for two weeks', evidence, now);
  });
}

export async function resumeNow(
  db: ModelDb,
  subscription: Subscription,
  evidence: Evidence,
  now: Date,
): Promise<void> {
  await transaction(db, async (tx) => {
    await resume(tx, subscription, now);
    await recordConsent(tx, subscription.id, 'resumed', 'Began again', evidence, now);
  });
}
