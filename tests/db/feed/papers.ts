import { type ModelDb, sql } from '@/lib/db/sql';

export interface TestPaper {
  id: number;
  publishedAt?: string | null;
  firstSeenAt?: string;
  tags?: string[];
  categories?: string[];
  codeUrl?: string;
  hidden?: boolean;
  /** kind, value, when seen, and by whom where that is not a daily listing. */
  signals?: [kind: string, value: number, seenAt: string, source?: string][];
}

/** Stores papers as an import would leave them, before they are ranked. */
export async function storePapers(db: ModelDb, papers: TestPaper[]): Promise<void> {
  for (const paper of papers) {
    await db.paper.create({
      data: {
        id: paper.id,
        title: `Paper ${paper.id}`,
        titleKey: `paper ${paper.id}`,
        firstAuthorKey: 'doe',
        abstract: 'About something.',
        authors: ['Jane Doe'],
        categories: paper.categories ?? [],
        keywords: [],
        codeUrl: paper.codeUrl,
        publishedAt: paper.publishedAt ? new Date(paper.publishedAt) : null,
        firstSeenAt: paper.firstSeenAt ?? '2026-11-20T00:00:00Z',
        hiddenAt: paper.hidden ? '2026-11-20T00:00:00Z' : null,
        tags: { create: (paper.tags ?? []).map((slug) => ({ slug, weight: 1 })) },
      },
    });
    await addSignals(db, paper.id, paper.signals ?? []);
  }
}

export async function addSignals(
  db: ModelDb,
  paperId: number,
  signals: NonNullable<TestPaper['signals']>,
): Promise<void> {
  await db.signal.createMany({
    data: signals.map(([kind, value, seenAt, source = 'daily-papers']) => ({
      paperId,
      kind,
      value,
      seenAt: new Date(seenAt),
      source,
    })),
  });
}

/** Everything that ranking wrote and readers see, without generations. */
export async function feedState(db: ModelDb) {
  const scores = await db.paperScore.findMany({ orderBy: { paperId: 'asc' } });
  const entries = await db.$queryRaw(sql`
    select term, paper_id, score, points, feed_at, terms from feed_entry
    where valid_to = 2147483647 order by paper_id, term`);
  const counts = await db.$queryRaw(sql`
    select term, papers from feed_term where papers <> 0 order by term`);
  const bits = await db.$queryRaw<{ term: string; block: number; papers: string }[]>(sql`
    select term, block, papers::text as papers from term_bitmap
    where bit_count(papers) > 0 order by term, block`);
  return { scores, entries, counts, bits };
}
