-- CreateEnum
CREATE TYPE "token_scope" AS ENUM ('read', 'write', 'account');

-- CreateEnum
CREATE TYPE "reading_state" AS ENUM ('unread', 'reading', 'read');

-- AlterEnum
ALTER TYPE "transactional_mail_kind" ADD VALUE 'sign_in';

-- AlterTable
ALTER TABLE "reader" ADD COLUMN     "seen_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "sign_in" (
    "id" SERIAL NOT NULL,
    "reader_id" INTEGER NOT NULL,
    "mail_key" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "code_hash" TEXT NOT NULL,
    "browser_hash" TEXT NOT NULL,
    "tries" SMALLINT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "sign_in_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" SERIAL NOT NULL,
    "reader_id" INTEGER NOT NULL,
    "token_hash" TEXT NOT NULL,
    "browser" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "personal_token" (
    "id" SERIAL NOT NULL,
    "reader_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "scopes" "token_scope"[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "personal_token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "vote" (
    "reader_id" INTEGER NOT NULL,
    "paper_id" INTEGER NOT NULL,
    "value" SMALLINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "network" TEXT,

    CONSTRAINT "vote_pkey" PRIMARY KEY ("reader_id","paper_id")
);

-- CreateTable
CREATE TABLE "saved_paper" (
    "reader_id" INTEGER NOT NULL,
    "paper_id" INTEGER NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "labels" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "state" "reading_state" NOT NULL DEFAULT 'unread',
    "saved_at" TIMESTAMPTZ(3) NOT NULL,
    "network" TEXT,

    CONSTRAINT "saved_paper_pkey" PRIMARY KEY ("reader_id","paper_id")
);

-- CreateTable
CREATE TABLE "shelf" (
    "id" SERIAL NOT NULL,
    "reader_id" INTEGER NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "key" UUID NOT NULL DEFAULT gen_random_uuid(),
    "link_epoch" INTEGER NOT NULL DEFAULT 0,
    "shared_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "shelf_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "shelf_paper" (
    "shelf_id" INTEGER NOT NULL,
    "paper_id" INTEGER NOT NULL,
    "reader_id" INTEGER NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "shelf_paper_pkey" PRIMARY KEY ("shelf_id","paper_id")
);

-- CreateTable
CREATE TABLE "interest" (
    "id" SERIAL NOT NULL,
    "reader_id" INTEGER NOT NULL,
    "shelf_id" INTEGER,
    "name" TEXT NOT NULL,
    "paper_ids" INTEGER[] DEFAULT ARRAY[]::INTEGER[],
    "added_words" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "dropped_words" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "balance" REAL NOT NULL DEFAULT 0.5,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "interest_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "sign_in_mail_key_key" ON "sign_in"("mail_key");

-- CreateIndex
CREATE UNIQUE INDEX "sign_in_token_hash_key" ON "sign_in"("token_hash");

-- CreateIndex
CREATE INDEX "sign_in_reader_id_idx" ON "sign_in"("reader_id");

-- CreateIndex
CREATE INDEX "sign_in_browser_hash_idx" ON "sign_in"("browser_hash");

-- CreateIndex
CREATE INDEX "sign_in_expires_at_idx" ON "sign_in"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "session_token_hash_key" ON "session"("token_hash");

-- CreateIndex
CREATE INDEX "session_reader_id_idx" ON "session"("reader_id");

-- CreateIndex
CREATE INDEX "session_used_at_idx" ON "session"("used_at");

-- CreateIndex
CREATE UNIQUE INDEX "personal_token_token_hash_key" ON "personal_token"("token_hash");

-- CreateIndex
CREATE INDEX "personal_token_reader_id_idx" ON "personal_token"("reader_id");

-- CreateIndex
CREATE INDEX "vote_paper_id_idx" ON "vote"("paper_id");

-- CreateIndex
CREATE INDEX "saved_paper_reader_id_saved_at_paper_id_idx" ON "saved_paper"("reader_id", "saved_at" DESC, "paper_id" DESC);

-- CreateIndex
CREATE INDEX "saved_paper_paper_id_idx" ON "saved_paper"("paper_id");

-- CreateIndex
CREATE UNIQUE INDEX "shelf_key_key" ON "shelf"("key");

-- CreateIndex
CREATE UNIQUE INDEX "shelf_reader_id_slug_key" ON "shelf"("reader_id", "slug");

-- CreateIndex
CREATE UNIQUE INDEX "shelf_id_reader_id_key" ON "shelf"("id", "reader_id");

-- CreateIndex
CREATE INDEX "shelf_paper_reader_id_paper_id_idx" ON "shelf_paper"("reader_id", "paper_id");

-- CreateIndex
CREATE UNIQUE INDEX "interest_shelf_id_key" ON "interest"("shelf_id");

-- CreateIndex
CREATE INDEX "interest_reader_id_idx" ON "interest"("reader_id");

-- AddForeignKey
ALTER TABLE "sign_in" ADD CONSTRAINT "sign_in_reader_id_fkey" FOREIGN KEY ("reader_id") REFERENCES "reader"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_reader_id_fkey" FOREIGN KEY ("reader_id") REFERENCES "reader"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "personal_token" ADD CONSTRAINT "personal_token_reader_id_fkey" FOREIGN KEY ("reader_id") REFERENCES "reader"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "vote" ADD CONSTRAINT "vote_reader_id_fkey" FOREIGN KEY ("reader_id") REFERENCES "reader"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "vote" ADD CONSTRAINT "vote_paper_id_fkey" FOREIGN KEY ("paper_id") REFERENCES "paper"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "saved_paper" ADD CONSTRAINT "saved_paper_reader_id_fkey" FOREIGN KEY ("reader_id") REFERENCES "reader"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "saved_paper" ADD CONSTRAINT "saved_paper_paper_id_fkey" FOREIGN KEY ("paper_id") REFERENCES "paper"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "shelf" ADD CONSTRAINT "shelf_reader_id_fkey" FOREIGN KEY ("reader_id") REFERENCES "reader"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "shelf_paper" ADD CONSTRAINT "shelf_paper_shelf_id_reader_id_fkey" FOREIGN KEY ("shelf_id", "reader_id") REFERENCES "shelf"("id", "reader_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "shelf_paper" ADD CONSTRAINT "shelf_paper_reader_id_paper_id_fkey" FOREIGN KEY ("reader_id", "paper_id") REFERENCES "saved_paper"("reader_id", "paper_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "interest" ADD CONSTRAINT "interest_reader_id_fkey" FOREIGN KEY ("reader_id") REFERENCES "reader"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "interest" ADD CONSTRAINT "interest_shelf_id_fkey" FOREIGN KEY ("shelf_id") REFERENCES "shelf"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A vote says one thing of one paper.
ALTER TABLE "vote" ADD CONSTRAINT "vote_value_check" CHECK ("value" IN (1, -1));

-- "More like this" and "less like this" of the mails become votes.
INSERT INTO "vote" ("reader_id", "paper_id", "value", "at")
SELECT "reader_id", "paper_id", CASE "wish" WHEN 'more' THEN 1 ELSE -1 END, "at" FROM "paper_feedback";

-- DropTable
DROP TABLE "paper_feedback";

-- DropEnum
DROP TYPE "feedback_wish";
