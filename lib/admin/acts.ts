import { oneLine } from '@/lib/runtime/one-line';

/** What can be done to the site, in the past tense as the logs say it. Pure. */
export const ACTS = {
  hide: 'hid the paper',
  unhide: 'showed the paper again',
  pin: 'pinned the paper for a day',
  unpin: 'unpinned the paper',
  correct: 'corrected the paper',
  merge: 'merged the paper into another',
  'tag-add': 'put a tag on the paper',
  'tag-remove': 'took a tag off the paper',
  'tag-clear': 'left a tag to the tagger again',
  'readers-import': 'imported readers',
  'readers-export': 'exported the readers',
  'reader-remove': 'erased a reader',
  'reader-unsuppress': 'lifted a suppression',
  'rejected-retry': 'tried rejected records again',
  'rejected-clear': 'forgot rejected records',
} as const;
export type Act = keyof typeof ACTS;

const SHORTEST = 3;
export const LONGEST_REASON = 300;

/** What an act needs: why it is done. */
export class ReasonMissing extends Error {
  override name = 'ReasonMissing';
  constructor() {
    super(`Say why, in ${SHORTEST} to ${LONGEST_REASON} characters: it is kept in the log.`);
  }
}

/** A reason as it is kept. Throws `ReasonMissing`. */
export function readReason(typed: string): string {
  const reason = oneLine(typed);
  if (reason.length < SHORTEST || reason.length > LONGEST_REASON) throw new ReasonMissing();
  return reason;
}

/** The reason of a command that many scripts call, where none is given. */
export const BY_COMMAND = 'by the command line';
