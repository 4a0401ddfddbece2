-- AlterTable
ALTER TABLE "reader" ADD COLUMN     "visit_before" TIMESTAMPTZ(3),
ADD COLUMN     "visited_at" TIMESTAMPTZ(3);
