-- Ties keep the order in which papers came in, which is the order of the page they were listed on. The
-- id is negated because a row comparison, which paging needs, knows only one direction for all keys.
DROP INDEX "feed_entry_trending_idx";
DROP INDEX "feed_entry_new_idx";
DROP INDEX "feed_entry_top_idx";
CREATE INDEX "feed_entry_trending_idx" ON "feed_entry"("term", "score" DESC, (-"paper_id") DESC);
CREATE INDEX "feed_entry_new_idx" ON "feed_entry"("term", "feed_at" DESC, "score" DESC, (-"paper_id") DESC);
CREATE INDEX "feed_entry_top_idx" ON "feed_entry"("term", "points" DESC, "score" DESC, (-"paper_id") DESC);
