-- Small: nearly always empty, so it needs no index but its key.
CREATE TABLE "damped_paper" (
    "paper_id" INTEGER NOT NULL,
    "more_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "damped_paper_pkey" PRIMARY KEY ("paper_id"),
    CONSTRAINT "damped_paper_paper_id_fkey" FOREIGN KEY ("paper_id") REFERENCES "paper"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- Papers ranked before this table was there, as far as a signal of theirs may be damped.
INSERT INTO "damped_paper" ("paper_id", "more_at")
SELECT DISTINCT "paper_id", now() FROM (
    SELECT "paper_id" FROM "signal"
    WHERE "kind" IN ('upvotes', 'comments', 'github-stars', 'citations')
    GROUP BY "paper_id", "kind", "source" HAVING count(*) > 1 AND max("value") > 100
) "grown";
