-- Written once, read once, deleted: neither taken apart nor compressed in between.
ALTER TABLE "search_word_change" ALTER COLUMN "changes" TYPE json USING "changes"::json;
ALTER TABLE "search_word_change" ALTER COLUMN "changes" SET STORAGE EXTERNAL;
