-- Which papers stand under a term, a bit a paper: counts of any combination of filters are a few ANDs.
-- Compared byte by byte, so that days are a range whatever the database's language.
CREATE TABLE "term_bitmap" (
    "term" TEXT COLLATE "C" NOT NULL,
    "block" INTEGER NOT NULL,
    "papers" BIT(4096) NOT NULL,

    CONSTRAINT "term_bitmap_pkey" PRIMARY KEY ("term", "block")
);
CREATE INDEX "term_bitmap_block_idx" ON "term_bitmap"("block");

-- Room on each page, so that setting a bit touches no index.
ALTER TABLE "term_bitmap" SET (fillfactor = 70);

INSERT INTO "term_bitmap" ("term", "block", "papers")
SELECT t."term", s."paper_id" / 4096, bit_or(set_bit(b'0'::bit(4096), s."paper_id" % 4096, 1))
FROM "paper_score" s,
  unnest(s."terms" || ('day:' || to_char(s."feed_at" AT TIME ZONE 'UTC', 'YYYY-MM-DD'))) AS t("term")
GROUP BY 1, 2;
