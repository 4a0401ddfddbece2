-- AlterTable
ALTER TABLE "interest" ADD COLUMN     "everywhere" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "reader" ADD COLUMN     "feed_epoch" INTEGER NOT NULL DEFAULT 0;
