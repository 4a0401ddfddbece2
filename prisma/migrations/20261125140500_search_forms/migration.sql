-- Every form in which an indexed word stands in a text, since the start of a word may be longer than
-- its stem. A form that is the stem itself stands in "search_word" already. Collation C, as there.
CREATE TABLE "search_form" (
    "word" TEXT COLLATE "C" NOT NULL,
    "stem" TEXT COLLATE "C" NOT NULL,
    CONSTRAINT "search_form_pkey" PRIMARY KEY ("word")
);
INSERT INTO "search_form" ("word", "stem")
  SELECT DISTINCT ON ("word") "word", "stem" FROM "search_word" WHERE "word" <> "stem"
  ORDER BY "word", "papers" DESC;

-- Batches that are not yet folded name one form a word.
UPDATE "search_word_change" SET "changes" = coalesce(
  (SELECT jsonb_agg(jsonb_build_object('s', c.s, 'f', ARRAY[c.w], 'n', c.n))
   FROM jsonb_to_recordset("changes") AS c(s text, w text, n int)), '[]');

-- How far papers are indexed by which version of the rules: see lib/search/store.ts.
ALTER TABLE "search_total" ADD COLUMN "rules" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "rules_to" INTEGER;
