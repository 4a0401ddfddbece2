/** Two tags that stand together on more papers than chance would have it. */
export interface RelatedTag {
  slug: string;
  /** How many of the counted papers have both. */
  together: number;
  /** How many times more often than if the two were independent. */
  lift: number;
}

export interface Cooccurrence {
  /** Papers of the tag that were counted. */
  counted: number;
  /** How many of those have each other tag. */
  together: ReadonlyMap<string, number>;
  /** How many papers have each tag, of all. */
  papers: ReadonlyMap<string, number>;
  total: number;
}

/** What two tags must at least share, so that one odd paper makes no relation. */
const MIN_TOGETHER = 3;
/** Below this, "more than chance" is not much more. */
const MIN_LIFT = 1.5;

/**
 * The tags most related to one, strongest first. Ordered by lift times the square root of the support
 * (a z-score but for a constant): lift alone prefers the rarest tags.
 */
export function relatedTags(
  { counted, together, papers, total }: Cooccurrence,
  limit: number,
): RelatedTag[] {
  if (counted === 0 || total === 0) return [];
  return [...together]
    .map(([slug, both]) => {
      const share = (papers.get(slug) ?? 0) / total;
      return { slug, together: both, lift: share > 0 ? both / counted / share : 0 };
    })
    .filter(({ together: both, lift }) => both >= MIN_TOGETHER && lift >= MIN_LIFT)
    .sort(
      (a, b) =>
        b.lift * Math.sqrt(b.together) - a.lift * Math.sqrt(a.together) ||
        (a.slug < b.slug ? -1 : 1),
    )
    .slice(0, limit);
}
