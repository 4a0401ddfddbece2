-- What was ranked before this is ranked anew by the next job.
ALTER TABLE "feed_clock"
  ADD COLUMN "rules" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "rules_to" INTEGER;
