-- The lists moved to feed_entry; what remains in paper_score is read by paper.
DROP INDEX "paper_score_score_paper_id_idx";
DROP INDEX "paper_score_signal_paper_id_idx";
DROP INDEX "paper_score_feed_at_paper_id_idx";

ALTER TABLE "paper_score"
  ADD COLUMN "interest" DOUBLE PRECISION NOT NULL DEFAULT 0,
  ADD COLUMN "clock_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  ADD COLUMN "day_share" REAL,
  ADD COLUMN "tag_share" REAL,
  ADD COLUMN "tag_slug" TEXT,
  ADD COLUMN "terms" TEXT[] NOT NULL DEFAULT '{}';

-- What the ranking asks: everything people took an interest in, of one week.
CREATE INDEX "paper_score_interest_idx" ON "paper_score"("feed_at") WHERE "interest" > 0;

CREATE TABLE "feed_entry" (
    "term" TEXT NOT NULL,
    "paper_id" INTEGER NOT NULL,
    "score" DOUBLE PRECISION NOT NULL,
    "points" DOUBLE PRECISION NOT NULL,
    "feed_at" TIMESTAMPTZ(3) NOT NULL,
    "terms" TEXT[] NOT NULL,
    "born" INTEGER NOT NULL,
    "died" INTEGER NOT NULL DEFAULT 2147483647,

    CONSTRAINT "feed_entry_pkey" PRIMARY KEY ("paper_id", "term", "born"),
    CONSTRAINT "feed_entry_paper_id_fkey" FOREIGN KEY ("paper_id") REFERENCES "paper"("id") ON DELETE CASCADE ON UPDATE CASCADE
-- Room on each page, so that ending a row touches no index.
) WITH (fillfactor = 85);

CREATE INDEX "feed_entry_trending_idx" ON "feed_entry"("term", "score" DESC, "paper_id" DESC);
CREATE INDEX "feed_entry_new_idx" ON "feed_entry"("term", "feed_at" DESC, "score" DESC, "paper_id" DESC);
CREATE INDEX "feed_entry_top_idx" ON "feed_entry"("term", "points" DESC, "score" DESC, "paper_id" DESC);

CREATE TABLE "feed_term" (
    "term" TEXT NOT NULL,
    "papers" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "feed_term_pkey" PRIMARY KEY ("term")
);

CREATE TABLE "feed_clock" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "generation" INTEGER NOT NULL DEFAULT 0,
    "horizon" INTEGER NOT NULL DEFAULT 0,
    "mark" INTEGER NOT NULL DEFAULT 0,
    "marked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT '1970-01-01 00:00:00Z',

    CONSTRAINT "feed_clock_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "stale_cohort" (
    "week" DATE NOT NULL,

    CONSTRAINT "stale_cohort_pkey" PRIMARY KEY ("week")
);
