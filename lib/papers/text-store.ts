import { type Db, sql } from '@/lib/db/sql';

/** What of a paper is tagged and indexed. */
export interface PaperText {
  id: number;
  title: string;
  abstract: string;
  authors: string[];
  /** arXiv categories, the primary one first. */
  categories: string[];
  keywords: string[];
  codeUrl: string | null;
  /** Published, or first seen where that is unknown. */
  filedAt: Date;
  hidden: boolean;
  /** Digest of what its search row was built from. Null where it has none. */
  digest: string | null;
}

/** The texts of these papers, hidden ones too, in no order; ids that do not exist are left out. */
export function readTexts(db: Db, ids: readonly number[]): Promise<PaperText[]> {
  return db.$queryRaw<PaperText[]>(sql`
    select p.id, p.title, p.abstract, p.authors, p.categories, p.keywords, p.code_url as "codeUrl",
      coalesce(p.published_at, p.first_seen_at) as "filedAt",
      p.hidden_at is not null as hidden, s.digest
    from paper p left join search_document s on s.paper_id = p.id
    where p.id = any(${[...ids]}::int[])`);
}
