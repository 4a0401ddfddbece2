CREATE TABLE "enrichment" (
    "paper_id" INTEGER NOT NULL,
    "enricher" TEXT NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "enrichment_pkey" PRIMARY KEY ("enricher", "paper_id")
);
ALTER TABLE "enrichment" ADD CONSTRAINT "enrichment_paper_id_fkey"
  FOREIGN KEY ("paper_id") REFERENCES "paper"("id") ON DELETE CASCADE ON UPDATE CASCADE;
CREATE INDEX "enrichment_paper_id_idx" ON "enrichment"("paper_id");
