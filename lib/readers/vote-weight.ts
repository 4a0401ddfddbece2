import { DAY_MS } from '@/lib/calendar/days';
import { READER_WEIGHTS } from '@/lib/feed/weights';

/** What a vote or save weighs in the ranking, by who gives it and from where. Pure. */
export interface Giver {
  /** When the reader came. */
  since: Date;
  /** Papers that they voted for or saved before. */
  papers: number;
  /** Others who gave the same to this paper from the same network lately. */
  before: number;
}

/** In hundredths, so that what is shown adds up. */
export function voteWeight({ since, papers, before }: Giver, now: Date): number {
  const { fresh, fullAfterDays, fullAfterPapers } = READER_WEIGHTS;
  const days = Math.max(0, now.getTime() - since.getTime()) / DAY_MS;
  const grown = Math.min(1, days / fullAfterDays, papers / fullAfterPapers);
  return Math.round((100 * (fresh + (1 - fresh) * grown)) / (1 + before)) / 100;
}
