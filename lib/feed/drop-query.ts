import type { Db } from '@/lib/db/sql';
import { type FilterLink, filterParts, linkTo } from './chips';
import { feedFacets } from './facet-query';
import { type Feed, makeFeed } from './filters';

/** A part of a filter, and what is left without it. */
export interface FilterDrop extends FilterLink {
  /** "PEFT", "“not LoRA”". */
  name: string;
  papers: number;
}

/** The parts of a filter without which there are papers, the most papers first. */
export async function filterDrops(db: Db, feed: Feed, now: Date): Promise<FilterDrop[]> {
  const counted = await Promise.all(
    filterParts(feed).map(async ({ name, change }) => {
      const { total } = await feedFacets(db, makeFeed({ ...feed, ...change }), now);
      return { ...linkTo(feed, change), name, papers: total };
    }),
  );
  return counted.filter(({ papers }) => papers > 0).sort((a, b) => b.papers - a.papers);
}
