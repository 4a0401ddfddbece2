-- Whether a paper is hidden stands beside what is searched: looking it up in the wide table would cost
-- more than the search. A trigger keeps the two together, whoever hides a paper.
DROP INDEX "paper_hidden_idx";
ALTER TABLE "paper_search" ADD COLUMN "hidden" BOOLEAN NOT NULL DEFAULT false;
UPDATE "paper_search" s SET "hidden" = true FROM "paper" p
  WHERE p."id" = s."paper_id" AND p."hidden_at" IS NOT NULL;

CREATE FUNCTION "hide_in_search"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "paper_search" SET "hidden" = NEW."hidden_at" IS NOT NULL WHERE "paper_id" = NEW."id";
  RETURN NULL;
END
$$;
CREATE TRIGGER "paper_hidden_in_search" AFTER UPDATE OF "hidden_at" ON "paper" FOR EACH ROW
  WHEN ((OLD."hidden_at" IS NULL) <> (NEW."hidden_at" IS NULL))
  EXECUTE FUNCTION "hide_in_search"();
