import { startOfDay } from '@/lib/calendar/days';
import { mondayOf } from '@/lib/calendar/iso-week';
import { cohortShares } from './score';
import { COHORTS } from './weights';

/** A paper as its cohorts see it. */
export interface CohortMember {
  paperId: number;
  feedAt: Date;
  /** Points that tell what people think of it. */
  interest: number;
  tags: readonly string[];
}

export interface CohortStanding {
  dayShare: number | null;
  tagShare: number | null;
  tagSlug: string | null;
}

export const NO_STANDING: CohortStanding = { dayShare: null, tagShare: null, tagSlug: null };

/** The week that a paper is compared in, by its Monday. */
export function cohortWeek(feedAt: Date): Date {
  return mondayOf(feedAt);
}

/**
 * Where each of a week's papers stands among those of its day, and in the tag (of that week) where it
 * stands best. Papers that nobody took an interest in yet stand nowhere and push nobody up.
 */
export function compareWeek(members: readonly CohortMember[]): Map<number, CohortStanding> {
  const interesting = members.filter((member) => member.interest > 0);
  const standings = new Map<number, CohortStanding>();
  for (const day of groupBy(interesting, (m) => [startOfDay(m.feedAt).getTime()]).values()) {
    const shares = sharesOf(day, COHORTS.day.ghosts);
    for (const [i, { paperId }] of day.entries()) {
      standings.set(paperId, { ...NO_STANDING, dayShare: shares[i]! });
    }
  }
  const byTag = [...groupBy(interesting, (m) => m.tags)].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [tag, cohort] of byTag) {
    const shares = sharesOf(cohort, COHORTS.tag.ghosts);
    for (const [i, { paperId }] of cohort.entries()) {
      const standing = standings.get(paperId)!;
      if (shares[i]! <= (standing.tagShare ?? 0)) continue;
      standings.set(paperId, { ...standing, tagShare: shares[i]!, tagSlug: tag });
    }
  }
  return standings;
}

function sharesOf(cohort: readonly CohortMember[], ghosts: number): number[] {
  return cohortShares(
    cohort.map(({ interest }) => interest),
    ghosts,
  );
}

function groupBy<T, K>(items: readonly T[], keys: (item: T) => readonly K[]): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    for (const key of keys(item)) {
      const group = groups.get(key);
      if (group) group.push(item);
      else groups.set(key, [item]);
    }
  }
  return groups;
}
