-- AlterTable
ALTER TABLE "session" ADD COLUMN     "id_token" TEXT;

-- CreateTable
CREATE TABLE "identity" (
    "id" SERIAL NOT NULL,
    "reader_id" INTEGER NOT NULL,
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "identity_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "identity_reader_id_idx" ON "identity"("reader_id");

-- CreateIndex
CREATE UNIQUE INDEX "identity_issuer_subject_key" ON "identity"("issuer", "subject");

-- AddForeignKey
ALTER TABLE "identity" ADD CONSTRAINT "identity_reader_id_fkey" FOREIGN KEY ("reader_id") REFERENCES "reader"("id") ON DELETE CASCADE ON UPDATE CASCADE;
