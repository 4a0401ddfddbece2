-- The last counts of votes and saves are looked up every few minutes, among all readings of all sources.
CREATE INDEX "signal_readers_idx" ON "signal" ("paper_id", "kind", "seen_at" DESC) WHERE "source" = 'readers';
