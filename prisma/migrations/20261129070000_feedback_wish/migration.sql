-- CreateEnum
CREATE TYPE "feedback_wish" AS ENUM ('more', 'less');

-- AlterTable: what was there is "less like this"
ALTER TABLE "paper_feedback" ADD COLUMN "wish" "feedback_wish" NOT NULL DEFAULT 'less';
