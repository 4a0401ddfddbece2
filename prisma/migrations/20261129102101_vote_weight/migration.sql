-- AlterTable
ALTER TABLE "saved_paper" ADD COLUMN     "weight" REAL NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "vote" ADD COLUMN     "weight" REAL NOT NULL DEFAULT 0;
