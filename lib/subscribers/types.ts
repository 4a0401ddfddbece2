import type { ReaderStatus } from '@/lib/db/generated/enums';
import type { Preferences } from './preferences';

/** Who gets digests. */
export interface Reader {
  id: number;
  /** Random: what links name. */
  key: string;
  email: string;
  status: ReaderStatus;
  tokenEpoch: number;
}

/** What a reader gets, and when; with what they follow. */
export interface Subscription extends Preferences {
  id: number;
  nextRunAt: Date | null;
  /** Set while it is paused. */
  pausedUntil: Date | null;
  /** Null before the first digest. */
  coveredUntil: Date | null;
}

/** A reader with the subscription that their pages are about: the first, of several. */
export interface Subscriber {
  reader: Reader;
  subscription: Subscription;
}

/** Where a request came from: goes into the consent record. */
export interface Evidence {
  ip: string | null;
  userAgent: string | null;
}
