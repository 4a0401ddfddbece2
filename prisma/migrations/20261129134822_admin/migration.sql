-- AlterTable
ALTER TABLE "job_lease" ADD COLUMN     "started_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "paper" ADD COLUMN     "pinned_until" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "admin_act" (
    "id" SERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by_reader" INTEGER,
    "act" TEXT NOT NULL,
    "paper_id" INTEGER,
    "reader_id" INTEGER,
    "detail" TEXT,
    "reason" TEXT NOT NULL,

    CONSTRAINT "admin_act_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "admin_act_at_idx" ON "admin_act"("at");

-- CreateIndex
CREATE INDEX "paper_pinned" ON "paper" ("pinned_until") WHERE "pinned_until" IS NOT NULL;
