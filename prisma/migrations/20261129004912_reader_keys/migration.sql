-- AlterEnum
ALTER TYPE "consent_kind" ADD VALUE 'unsuppressed';

-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "transactional_mail_kind" ADD VALUE 'address_changed';
ALTER TYPE "transactional_mail_kind" ADD VALUE 'move';
ALTER TYPE "transactional_mail_kind" ADD VALUE 'export';
ALTER TYPE "transactional_mail_kind" ADD VALUE 'erase';

-- AlterTable
ALTER TABLE "delivery" ADD COLUMN     "key" UUID NOT NULL DEFAULT gen_random_uuid();

-- AlterTable
ALTER TABLE "suppression" ADD COLUMN     "lifted_at" TIMESTAMPTZ(3),
ADD COLUMN     "lifted_why" TEXT;

-- AlterTable
ALTER TABLE "transactional_mail" ADD COLUMN     "choices" JSONB,
ADD COLUMN     "key" UUID NOT NULL DEFAULT gen_random_uuid();

-- CreateTable
CREATE TABLE "webhook_token" (
    "token_hash" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "webhook_token_pkey" PRIMARY KEY ("token_hash")
);

-- CreateIndex
CREATE INDEX "webhook_token_at_idx" ON "webhook_token"("at");

-- CreateIndex
CREATE UNIQUE INDEX "delivery_key_key" ON "delivery"("key");

-- CreateIndex
CREATE UNIQUE INDEX "transactional_mail_key_key" ON "transactional_mail"("key");
