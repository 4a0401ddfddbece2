import type { JsonInput } from '@/lib/db/sql';
import type { PaperRecord } from '@/lib/papers/paper';

/**
 * What a reader finds, in the order of the input. A reader never throws: what it cannot read is an
 * item too.
 */
export type ReadItem =
  | { kind: 'record'; record: PaperRecord; at: string }
  /** An arXiv id alone: its record has to be fetched. */
  | { kind: 'wanted'; arxivId: string; at: string }
  /** The source says that this paper is gone. */
  | { kind: 'deleted'; arxivId: string; at: string }
  | Rejected
  /** Where the source says that the next page begins. */
  | { kind: 'next'; token: string }
  | Checkpoint
  /** Something the operator should know, about the input as a whole. */
  | { kind: 'note'; message: string };

/** What cannot be used: where it stands, why, and its text. */
export interface Rejected {
  kind: 'rejected';
  at: string;
  reason: string;
  raw: string;
  /** The format whose reader can read `raw` again. */
  format?: string;
  /** `raw` is only the beginning of it. */
  cut?: boolean;
}

/** All items before it are complete. Once they are stored, a later poll may begin here. */
export interface Checkpoint {
  kind: 'checkpoint';
  cursor: JsonInput;
  /** Called once everything before is stored. */
  stored?: () => Promise<void>;
}

export function rejected(at: string, reason: string, raw: string): Rejected {
  return { kind: 'rejected', at, reason, raw };
}

/** The same where only the beginning of what is rejected was kept. */
export function rejectedBeginning(at: string, reason: string, raw: string): Rejected {
  return { kind: 'rejected', at, reason, raw, cut: true };
}

export function checkpoint(cursor: JsonInput, stored?: () => Promise<void>): Checkpoint {
  return { kind: 'checkpoint', cursor, stored };
}
