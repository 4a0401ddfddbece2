-- DropForeignKey
ALTER TABLE "damped_paper" DROP CONSTRAINT "damped_paper_paper_id_fkey";

-- The standing of papers among equals, and what it was asked by.
DROP INDEX "paper_score_interest_idx";

-- AlterTable
ALTER TABLE "paper_score" DROP COLUMN "clock_at",
DROP COLUMN "day_share",
DROP COLUMN "interest",
DROP COLUMN "tag_share",
DROP COLUMN "tag_slug";

-- DropTable
DROP TABLE "damped_paper";

-- DropTable
DROP TABLE "stale_cohort";

-- CreateTable
CREATE TABLE "ranking_replay" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "result" JSONB NOT NULL,

    CONSTRAINT "ranking_replay_pkey" PRIMARY KEY ("id")
);

-- Whether a list has fresh signals. "valid_to" is not in it, so that ending a row touches no index.
CREATE INDEX "feed_entry_interest_idx" ON "feed_entry"("term", "feed_at" DESC) WHERE "points" > 0;
