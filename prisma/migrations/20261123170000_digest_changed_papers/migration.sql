-- Papers that were revised or withdrawn lately: few, and asked for with every batch of digests.
CREATE INDEX "paper_changed_idx" ON "paper"((greatest("revised_at", "withdrawn_at")))
  WHERE "version" > 1 OR "withdrawn_at" IS NOT NULL;
