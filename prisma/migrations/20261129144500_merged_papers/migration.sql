-- AlterTable
ALTER TABLE "paper" ADD COLUMN     "merged_into" INTEGER;

-- CreateIndex
CREATE INDEX "paper_merged" ON "paper" ("merged_into") WHERE "merged_into" IS NOT NULL;
