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
}

/** The texts of these papers, hidden ones too, in no order; ids that do not exist are left out. */
export function readTexts(db: Db, ids: readonly number[]): Promise<PaperText[]> {
  return db.$queryRaw<PaperText[]>(sql`
    select id, title, abstract, authors, categories, keywords, code_url as "codeUrl",
      coalesce(published_at, first_seen_at) as "filedAt", hidden_at is not null as hidden
    from paper where id = any(${[...ids]}::int[])`);
}
