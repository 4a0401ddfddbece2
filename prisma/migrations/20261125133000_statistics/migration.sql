-- No plan depends on what these columns hold, and sampling them was most of the work of ANALYZE, which
-- an import does again and again while its tables grow.
ALTER TABLE "paper"
  ALTER COLUMN "title" SET STATISTICS 0,
  ALTER COLUMN "abstract" SET STATISTICS 0,
  ALTER COLUMN "tldr" SET STATISTICS 0,
  ALTER COLUMN "authors" SET STATISTICS 0,
  ALTER COLUMN "keywords" SET STATISTICS 0,
  ALTER COLUMN "comment" SET STATISTICS 0,
  ALTER COLUMN "journal_ref" SET STATISTICS 0,
  ALTER COLUMN "field_sources" SET STATISTICS 0,
  ALTER COLUMN "original" SET STATISTICS 0;
ALTER TABLE "paper_search"
  ALTER COLUMN "ranked" SET STATISTICS 0,
  ALTER COLUMN "digest" SET STATISTICS 0;
ALTER TABLE "paper_tag" ALTER COLUMN "evidence" SET STATISTICS 0;
