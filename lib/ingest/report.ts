import type { RunCounts } from '@/lib/ingest/run-store';

/** What became of what a run read. */
export interface IngestReport extends RunCounts {
  withdrawn: number;
  /** Left out because of `since`. */
  skipped: number;
  /** The first of them, as `line 12: no title`. */
  rejections: { place: string; reason: string }[];
  notes: string[];
  /** Where the source says that the next page begins. */
  next: string | null;
  interrupted: boolean;
}

/** Rejections and notes that a report lists. All are counted, and all rejected records are kept. */
export const MOST_TOLD = 100;

export function emptyReport(): IngestReport {
  return {
    read: 0,
    new: 0,
    updated: 0,
    unchanged: 0,
    rejected: 0,
    withdrawn: 0,
    skipped: 0,
    rejections: [],
    notes: [],
    next: null,
    interrupted: false,
  };
}

export function countsOf(report: IngestReport): RunCounts {
  const { read, new: added, updated, unchanged, rejected } = report;
  return { read, new: added, updated, unchanged, rejected };
}

/** The first problem or note, which the status page shows beside the counts. */
export function messageOf({ rejections: [first], notes }: IngestReport): string | null {
  return first ? `${first.place}: ${first.reason}` : (notes[0] ?? null);
}
