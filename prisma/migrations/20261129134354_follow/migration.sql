-- CreateEnum
CREATE TYPE "follow_kind" AS ENUM ('tag', 'author', 'search', 'category');

-- CreateTable
CREATE TABLE "follow" (
    "id" SERIAL NOT NULL,
    "reader_id" INTEGER NOT NULL,
    "kind" "follow_kind" NOT NULL,
    "value" TEXT NOT NULL,
    "name" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "follow_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "follow_reader_id_kind_value_key" ON "follow"("reader_id", "kind", "value");

-- AddForeignKey
ALTER TABLE "follow" ADD CONSTRAINT "follow_reader_id_fkey" FOREIGN KEY ("reader_id") REFERENCES "reader"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What subscriptions were about is what their readers follow.
INSERT INTO "follow" ("reader_id", "kind", "value", "created_at")
SELECT s."reader_id", 'tag', t."value", s."created_at"
FROM "subscription" s, unnest(s."tags") WITH ORDINALITY AS t("value", "place")
ORDER BY s."id", t."place"
ON CONFLICT DO NOTHING;

-- A search for one author's papers is that author, where the name tells its address without further ado:
-- other such searches become authors when their reader next saves the preferences.
INSERT INTO "follow" ("reader_id", "kind", "value", "name", "created_at")
SELECT s."reader_id",
  (CASE WHEN a."name" IS NULL THEN 'search' ELSE 'author' END)::"follow_kind",
  coalesce(btrim(regexp_replace(lower(a."name"), '[. -]+', '-', 'g'), '-'), t."value"),
  a."name", s."created_at"
FROM "subscription" s, unnest(s."searches") WITH ORDINALITY AS t("value", "place"),
  LATERAL (SELECT substring(t."value" FROM '^author:"([A-Za-z]+[.]?([ -]+[A-Za-z]+[.]?)+)"$')) AS a("name")
ORDER BY s."id", t."place"
ON CONFLICT DO NOTHING;

-- AlterTable
ALTER TABLE "subscription" DROP COLUMN "searches",
DROP COLUMN "tags";
