import { DAY_MS } from '@/lib/calendar/days';
import { type ModelDb, transaction } from '@/lib/db/sql';
import { timetableWords } from '@/lib/subscribers/timetable';
import { type PreferencesResult, readPreferences, type TypedPreferences } from './preference-form';
import type { Preferences } from './preferences';
import { recordConsent } from './reader-store';
import { pause, resume, savePreferences } from './subscription-store';
import type { Evidence, Subscriber, Subscription } from './types';

/** What a reader changes by a signed link. Each change is part of the consent record. */

const PAUSE_MS = 14 * DAY_MS;

/** What the subscription asks for, without how it stands. */
export function preferencesOf(subscription: Subscription): Preferences {
  const { cadence, weekday, monthday, hour, timezone, ...rest } = subscription;
  const { maxPapers, minPapers, forYou, subject, mutedTags, ...topics } = rest;
  const { tags, authors, categories, searches } = topics;
  const timetable = { cadence, weekday, monthday, hour, timezone };
  const followed = { tags, authors, categories, searches };
  return { ...timetable, maxPapers, minPapers, forYou, subject, mutedTags, ...followed };
}

/** What was wrong, by name of the field, where the form has a value that does not fit: nothing is saved then. */
export async function changePreferences(
  db: ModelDb,
  subscriber: Subscriber,
  typed: TypedPreferences,
  evidence: Evidence,
  now: Date,
): Promise<PreferencesResult> {
  const wanted = readPreferences(typed);
  if (!wanted.ok) return wanted;
  await transaction(db, async (tx) => {
    await savePreferences(tx, subscriber, wanted.preferences, now);
    const wording = `Changed to ${timetableWords(wanted.preferences)}`;
    await recordConsent(tx, subscriber.reader.id, 'changed', wording, evidence, now);
  });
  return wanted;
}

export async function pauseForAWhile(
  db: ModelDb,
  subscriber: Subscriber,
  evidence: Evidence,
  now: Date,
): Promise<void> {
  await transaction(db, async (tx) => {
    await pause(tx, subscriber.subscription, new Date(now.getTime() + PAUSE_MS));
    await recordConsent(tx, subscriber.reader.id, 'paused', 'Paused for two weeks', evidence, now);
  });
}

export async function resumeNow(
  db: ModelDb,
  subscriber: Subscriber,
  evidence: Evidence,
  now: Date,
): Promise<void> {
  await transaction(db, async (tx) => {
    await resume(tx, subscriber.subscription, now);
    await recordConsent(tx, subscriber.reader.id, 'resumed', 'Began again', evidence, now);
  });
}
