-- Search leaves hidden papers out of every result: they are few, and this finds them at once.
CREATE INDEX "paper_hidden_idx" ON "paper"("id") WHERE "hidden_at" IS NOT NULL;
