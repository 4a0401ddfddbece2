CREATE TABLE "paper_search" (
    "paper_id" INTEGER NOT NULL,
    "ranked" TEXT NOT NULL,
    "terms" tsvector NOT NULL,
    "length" INTEGER NOT NULL,
    "filed_at" TIMESTAMPTZ(3) NOT NULL,
    "digest" TEXT NOT NULL,
    CONSTRAINT "paper_search_pkey" PRIMARY KEY ("paper_id"),
    CONSTRAINT "paper_search_paper_id_fkey" FOREIGN KEY ("paper_id") REFERENCES "paper"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- Ranking and phrases read `terms` of many rows a query: unpacking them would cost more than the
-- rest, so they stand in the row as they are.
ALTER TABLE "paper_search" ALTER COLUMN "terms" SET STORAGE EXTERNAL;
ALTER TABLE "paper_search" ALTER COLUMN "ranked" SET STORAGE EXTERNAL;
ALTER TABLE "paper_search" SET (toast_tuple_target = 8160);

CREATE INDEX "paper_search_filed_at_paper_id_idx" ON "paper_search"("filed_at" DESC, "paper_id" DESC);
CREATE INDEX "paper_search_terms_idx" ON "paper_search" USING gin ("terms");

-- Collation C: prefixes are ranges, whatever the database's locale.
CREATE TABLE "search_word" (
    "stem" TEXT COLLATE "C" NOT NULL,
    "word" TEXT COLLATE "C" NOT NULL,
    "papers" INTEGER NOT NULL,
    CONSTRAINT "search_word_pkey" PRIMARY KEY ("stem")
) WITH (fillfactor = 80);
CREATE INDEX "search_word_word_idx" ON "search_word"("word");

CREATE TABLE "search_word_change" (
    "id" SERIAL NOT NULL,
    "papers" INTEGER NOT NULL,
    "changes" JSONB NOT NULL,
    CONSTRAINT "search_word_change_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "search_total" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "papers" INTEGER NOT NULL,
    "length" BIGINT NOT NULL,
    CONSTRAINT "search_total_pkey" PRIMARY KEY ("id")
);

-- BM25 where the server offers it; search falls back to the GIN index where it does not. An extension
-- that is there but may not be created (no right, not preloaded) counts as not there.
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pg_textsearch') THEN
    CREATE EXTENSION IF NOT EXISTS pg_textsearch;
    CREATE INDEX "paper_search_bm25" ON "paper_search" USING bm25 ("ranked")
      WITH (text_config = 'pg_catalog.simple', k1 = 1.6, b = 0.75);
  END IF;
EXCEPTION WHEN OTHERS THEN
  RAISE NOTICE 'pg_textsearch cannot be used here (%): search uses the GIN index.', SQLERRM;
END
$$;
