-- First what schema.prisma says, as Prisma writes it; then, from "Beyond Prisma" on, what it cannot say.

-- CreateEnum
CREATE TYPE "abstract_kind" AS ENUM ('abstract', 'summary');

-- CreateEnum
CREATE TYPE "reader_status" AS ENUM ('pending', 'active', 'unsubscribed', 'suppressed');

-- CreateEnum
CREATE TYPE "cadence" AS ENUM ('daily', 'weekly', 'monthly');

-- CreateEnum
CREATE TYPE "consent_kind" AS ENUM ('requested', 'confirmed', 'changed', 'paused', 'resumed', 'address_requested', 'address_changed', 'unsubscribed', 'suppressed');

-- CreateEnum
CREATE TYPE "transactional_mail_kind" AS ENUM ('confirm', 'known', 'link', 'change_address');

-- CreateEnum
CREATE TYPE "transactional_mail_status" AS ENUM ('planned', 'sent', 'failed');

-- CreateEnum
CREATE TYPE "delivery_status" AS ENUM ('planned', 'leased', 'transmitting', 'sent', 'deferred', 'failed', 'uncertain', 'suppressed', 'skipped');

-- CreateEnum
CREATE TYPE "suppression_reason" AS ENUM ('hard_bounce', 'complaint', 'erased', 'operator');

-- CreateEnum
CREATE TYPE "bounce_kind" AS ENUM ('hard', 'soft', 'complaint');

-- CreateEnum
CREATE TYPE "bounce_source" AS ENUM ('mail', 'ses', 'postmark', 'sendgrid', 'mailgun');

-- CreateEnum
CREATE TYPE "source_run_outcome" AS ENUM ('running', 'done', 'failed', 'interrupted');

-- CreateTable
CREATE TABLE "paper" (
    "id" SERIAL NOT NULL,
    "arxiv_id" TEXT,
    "version" INTEGER,
    "doi" TEXT,
    "title_key" TEXT NOT NULL,
    "first_author_key" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "abstract" TEXT NOT NULL,
    "abstract_kind" "abstract_kind" NOT NULL DEFAULT 'abstract',
    "tldr" TEXT,
    "authors" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
    "categories" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
    "keywords" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
    "published_at" TIMESTAMPTZ(3),
    "revised_at" TIMESTAMPTZ(3),
    "withdrawn_at" TIMESTAMPTZ(3),
    "hidden_at" TIMESTAMPTZ(3),
    "comment" TEXT,
    "journal_ref" TEXT,
    "license" TEXT,
    "code_url" TEXT,
    "project_url" TEXT,
    "field_sources" JSONB NOT NULL DEFAULT '{}',
    "original" JSONB NOT NULL DEFAULT '{}',
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "paper_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "paper_tag" (
    "paper_id" INTEGER NOT NULL,
    "slug" TEXT NOT NULL,
    "weight" REAL NOT NULL,
    "evidence" JSONB NOT NULL DEFAULT '[]',
    "by_hand" BOOLEAN NOT NULL DEFAULT false,
    "removed" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "paper_tag_pkey" PRIMARY KEY ("paper_id","slug")
);

-- CreateTable
CREATE TABLE "tagging" (
    "paper_id" INTEGER NOT NULL,
    "taxonomy_version" TEXT NOT NULL,

    CONSTRAINT "tagging_pkey" PRIMARY KEY ("paper_id")
);

-- CreateTable
CREATE TABLE "signal" (
    "paper_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "value" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "signal_pkey" PRIMARY KEY ("paper_id","kind","source","seen_at")
);

-- CreateTable
CREATE TABLE "paper_score" (
    "paper_id" INTEGER NOT NULL,
    "score" DOUBLE PRECISION NOT NULL,
    "signal" DOUBLE PRECISION NOT NULL,
    "interest" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "feed_at" TIMESTAMPTZ(3) NOT NULL,
    "clock_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "day_share" REAL,
    "tag_share" REAL,
    "tag_slug" TEXT,
    "terms" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],

    CONSTRAINT "paper_score_pkey" PRIMARY KEY ("paper_id")
);

-- CreateTable
CREATE TABLE "feed_entry" (
    "term" TEXT NOT NULL,
    "paper_id" INTEGER NOT NULL,
    "score" DOUBLE PRECISION NOT NULL,
    "points" DOUBLE PRECISION NOT NULL,
    "feed_at" TIMESTAMPTZ(3) NOT NULL,
    "terms" TEXT[] NOT NULL,
    "valid_from" INTEGER NOT NULL,
    "valid_to" INTEGER NOT NULL DEFAULT 2147483647,

    CONSTRAINT "feed_entry_pkey" PRIMARY KEY ("paper_id","term","valid_from")
);

-- CreateTable
CREATE TABLE "feed_term" (
    "term" TEXT NOT NULL,
    "papers" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "feed_term_pkey" PRIMARY KEY ("term")
);

-- CreateTable
CREATE TABLE "feed_clock" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "generation" INTEGER NOT NULL DEFAULT 0,
    "horizon" INTEGER NOT NULL DEFAULT 0,
    "mark" INTEGER NOT NULL DEFAULT 0,
    "marked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT '1970-01-01 00:00:00 +00:00',
    "ranking_version" INTEGER NOT NULL DEFAULT 0,
    "ranked_up_to" INTEGER,

    CONSTRAINT "feed_clock_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stale_cohort" (
    "week" DATE NOT NULL,

    CONSTRAINT "stale_cohort_pkey" PRIMARY KEY ("week")
);

-- CreateTable
CREATE TABLE "damped_paper" (
    "paper_id" INTEGER NOT NULL,
    "more_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "damped_paper_pkey" PRIMARY KEY ("paper_id")
);

-- CreateTable
CREATE TABLE "catalogue_version" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "version" BIGINT NOT NULL DEFAULT 0,
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "catalogue_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "job_lease" (
    "name" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "outcome" JSONB,

    CONSTRAINT "job_lease_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "rate_limit" (
    "key" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("key","since")
);

-- CreateTable
CREATE TABLE "reader" (
    "id" SERIAL NOT NULL,
    "key" UUID NOT NULL DEFAULT gen_random_uuid(),
    "email" TEXT NOT NULL,
    "email_key" TEXT NOT NULL,
    "address_hash" TEXT NOT NULL,
    "status" "reader_status" NOT NULL DEFAULT 'pending',
    "token_epoch" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "confirmed_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "reader_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "subscription" (
    "id" SERIAL NOT NULL,
    "reader_id" INTEGER NOT NULL,
    "cadence" "cadence" NOT NULL,
    "weekday" SMALLINT NOT NULL,
    "monthday" SMALLINT NOT NULL,
    "hour" SMALLINT NOT NULL,
    "timezone" TEXT NOT NULL,
    "max_papers" SMALLINT NOT NULL,
    "tags" TEXT[] NOT NULL,
    "muted_tags" TEXT[] NOT NULL,
    "searches" TEXT[] NOT NULL,
    "next_run_at" TIMESTAMPTZ(3),
    "paused_until" TIMESTAMPTZ(3),
    "covered_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "subscription_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "consent_event" (
    "id" SERIAL NOT NULL,
    "reader_id" INTEGER NOT NULL,
    "kind" "consent_kind" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "ip" TEXT,
    "user_agent" TEXT,
    "wording" TEXT NOT NULL,

    CONSTRAINT "consent_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "transactional_mail" (
    "id" SERIAL NOT NULL,
    "reader_id" INTEGER NOT NULL,
    "kind" "transactional_mail_kind" NOT NULL,
    "email" TEXT NOT NULL,
    "token_hash" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "status" "transactional_mail_status" NOT NULL DEFAULT 'planned',
    "not_before" TIMESTAMPTZ(3) NOT NULL,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "sent_at" TIMESTAMPTZ(3),
    "note" TEXT,

    CONSTRAINT "transactional_mail_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "edition" (
    "id" SERIAL NOT NULL,
    "cadence" "cadence" NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "ranked" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "edition_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery" (
    "id" SERIAL NOT NULL,
    "subscription_id" INTEGER NOT NULL,
    "edition_id" INTEGER,
    "cadence" "cadence" NOT NULL,
    "local_period" TEXT NOT NULL,
    "domain" TEXT NOT NULL,
    "status" "delivery_status" NOT NULL DEFAULT 'planned',
    "reason" TEXT,
    "lease_owner" TEXT,
    "lease_until" TIMESTAMPTZ(3),
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "refusals" INTEGER NOT NULL DEFAULT 0,
    "not_before" TIMESTAMPTZ(3) NOT NULL,
    "stale_at" TIMESTAMPTZ(3) NOT NULL,
    "paper_ids" INTEGER[] NOT NULL DEFAULT ARRAY[]::INTEGER[],
    "content" JSONB,
    "smtp_code" INTEGER,
    "smtp_text" TEXT,
    "planned_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "log" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mailed_paper" (
    "reader_id" INTEGER NOT NULL,
    "paper_id" INTEGER NOT NULL,
    "delivery_id" INTEGER,
    "mailed_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER,
    "withdrawn" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "mailed_paper_pkey" PRIMARY KEY ("reader_id","paper_id")
);

-- CreateTable
CREATE TABLE "paper_feedback" (
    "reader_id" INTEGER NOT NULL,
    "paper_id" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "paper_feedback_pkey" PRIMARY KEY ("reader_id","paper_id")
);

-- CreateTable
CREATE TABLE "mail_domain" (
    "domain" TEXT NOT NULL,
    "next_at" TIMESTAMPTZ(3) NOT NULL,
    "paused_until" TIMESTAMPTZ(3),
    "reason" TEXT,

    CONSTRAINT "mail_domain_pkey" PRIMARY KEY ("domain")
);

-- CreateTable
CREATE TABLE "suppression" (
    "address_hash" TEXT NOT NULL,
    "reason" "suppression_reason" NOT NULL,
    "note" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "suppression_pkey" PRIMARY KEY ("address_hash")
);

-- CreateTable
CREATE TABLE "bounce_event" (
    "id" SERIAL NOT NULL,
    "event_key" TEXT NOT NULL,
    "reader_id" INTEGER NOT NULL,
    "message" TEXT NOT NULL,
    "kind" "bounce_kind" NOT NULL,
    "reason" TEXT NOT NULL,
    "status" TEXT,
    "diagnostic" TEXT NOT NULL,
    "source" "bounce_source" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "bounce_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ingest_lock" (
    "id" INTEGER NOT NULL,
    "taken" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "ingest_lock_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "pending_batch" (
    "id" SERIAL NOT NULL,
    "paper_ids" INTEGER[] NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "pending_batch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "source_state" (
    "name" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT false,
    "cursor" JSONB,
    "due_at" TIMESTAMPTZ(3),
    "succeeded_at" TIMESTAMPTZ(3),
    "news_at" TIMESTAMPTZ(3),
    "failures" INTEGER NOT NULL DEFAULT 0,
    "problem" TEXT,

    CONSTRAINT "source_state_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "source_run" (
    "id" SERIAL NOT NULL,
    "source" TEXT NOT NULL,
    "input" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "active_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "outcome" "source_run_outcome" NOT NULL,
    "counts" JSONB NOT NULL DEFAULT '{}',
    "message" TEXT,

    CONSTRAINT "source_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rejected_record" (
    "id" SERIAL NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "input" TEXT,
    "place" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "raw" TEXT NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rejected_record_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_cursor" (
    "input_key" TEXT NOT NULL,
    "items" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "import_cursor_pkey" PRIMARY KEY ("input_key")
);

-- CreateTable
CREATE TABLE "host_slot" (
    "host" TEXT NOT NULL,
    "slot" INTEGER NOT NULL,
    "owner" TEXT,
    "busy_until" TIMESTAMPTZ(3) NOT NULL,
    "next_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "host_slot_pkey" PRIMARY KEY ("host","slot")
);

-- CreateTable
CREATE TABLE "fetched_page" (
    "url" TEXT NOT NULL,
    "etag" TEXT,
    "last_modified" TEXT,
    "fetched_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "fetched_page_pkey" PRIMARY KEY ("url")
);

-- CreateTable
CREATE TABLE "search_document" (
    "paper_id" INTEGER NOT NULL,
    "ranked" TEXT NOT NULL,
    "terms" tsvector NOT NULL,
    "length" INTEGER NOT NULL,
    "filed_at" TIMESTAMPTZ(3) NOT NULL,
    "digest" TEXT NOT NULL,
    "hidden" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "search_document_pkey" PRIMARY KEY ("paper_id")
);

-- CreateTable
CREATE TABLE "lexicon_entry" (
    "stem" TEXT NOT NULL,
    "word" TEXT NOT NULL,
    "papers" INTEGER NOT NULL,

    CONSTRAINT "lexicon_entry_pkey" PRIMARY KEY ("stem")
);

-- CreateTable
CREATE TABLE "lexicon_form" (
    "word" TEXT NOT NULL,
    "stem" TEXT NOT NULL,

    CONSTRAINT "lexicon_form_pkey" PRIMARY KEY ("word")
);

-- CreateTable
CREATE TABLE "lexicon_change" (
    "id" SERIAL NOT NULL,
    "papers" INTEGER NOT NULL,
    "stems" TEXT[] NOT NULL,
    "counts" INTEGER[] NOT NULL,
    "shown" TEXT[] NOT NULL,
    "forms" TEXT[] NOT NULL,
    "form_stems" TEXT[] NOT NULL,

    CONSTRAINT "lexicon_change_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lexicon_total" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "papers" INTEGER NOT NULL,
    "length" BIGINT NOT NULL,
    "index_version" INTEGER NOT NULL DEFAULT 0,
    "indexed_up_to" INTEGER,

    CONSTRAINT "lexicon_total_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "enrichment" (
    "paper_id" INTEGER NOT NULL,
    "enricher" TEXT NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "enrichment_pkey" PRIMARY KEY ("enricher","paper_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "paper_arxiv_id_key" ON "paper"("arxiv_id");

-- CreateIndex
CREATE UNIQUE INDEX "paper_doi_key" ON "paper"("doi");

-- CreateIndex
CREATE INDEX "paper_title_key_idx" ON "paper"("title_key");

-- CreateIndex
CREATE INDEX "paper_first_seen_at_idx" ON "paper"("first_seen_at");

-- CreateIndex
CREATE INDEX "paper_tag_slug_paper_id_idx" ON "paper_tag"("slug", "paper_id");

-- CreateIndex
CREATE INDEX "rate_limit_since_idx" ON "rate_limit"("since");

-- CreateIndex
CREATE UNIQUE INDEX "reader_key_key" ON "reader"("key");

-- CreateIndex
CREATE UNIQUE INDEX "reader_email_key_key" ON "reader"("email_key");

-- CreateIndex
CREATE INDEX "reader_address_hash_idx" ON "reader"("address_hash");

-- CreateIndex
CREATE INDEX "subscription_reader_id_idx" ON "subscription"("reader_id");

-- CreateIndex
CREATE INDEX "consent_event_reader_id_id_idx" ON "consent_event"("reader_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "transactional_mail_token_hash_key" ON "transactional_mail"("token_hash");

-- CreateIndex
CREATE INDEX "transactional_mail_reader_id_id_idx" ON "transactional_mail"("reader_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "edition_cadence_ends_at_key" ON "edition"("cadence", "ends_at");

-- CreateIndex
CREATE UNIQUE INDEX "delivery_subscription_id_cadence_local_period_key" ON "delivery"("subscription_id", "cadence", "local_period");

-- CreateIndex
CREATE INDEX "mailed_paper_delivery_id_idx" ON "mailed_paper"("delivery_id");

-- CreateIndex
CREATE UNIQUE INDEX "bounce_event_event_key_key" ON "bounce_event"("event_key");

-- CreateIndex
CREATE INDEX "bounce_event_reader_id_at_idx" ON "bounce_event"("reader_id", "at");

-- CreateIndex
CREATE INDEX "source_run_source_started_at_idx" ON "source_run"("source", "started_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "rejected_record_fingerprint_key" ON "rejected_record"("fingerprint");

-- CreateIndex
CREATE INDEX "rejected_record_seen_at_idx" ON "rejected_record"("seen_at");

-- CreateIndex
CREATE INDEX "search_document_filed_at_paper_id_idx" ON "search_document"("filed_at" DESC, "paper_id" DESC);

-- CreateIndex
CREATE INDEX "lexicon_entry_word_idx" ON "lexicon_entry"("word");

-- CreateIndex
CREATE INDEX "enrichment_paper_id_idx" ON "enrichment"("paper_id");

-- AddForeignKey
ALTER TABLE "paper_tag" ADD CONSTRAINT "paper_tag_paper_id_fkey" FOREIGN KEY ("paper_id") REFERENCES "paper"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tagging" ADD CONSTRAINT "tagging_paper_id_fkey" FOREIGN KEY ("paper_id") REFERENCES "paper"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "signal" ADD CONSTRAINT "signal_paper_id_fkey" FOREIGN KEY ("paper_id") REFERENCES "paper"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "paper_score" ADD CONSTRAINT "paper_score_paper_id_fkey" FOREIGN KEY ("paper_id") REFERENCES "paper"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "feed_entry" ADD CONSTRAINT "feed_entry_paper_id_fkey" FOREIGN KEY ("paper_id") REFERENCES "paper"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "damped_paper" ADD CONSTRAINT "damped_paper_paper_id_fkey" FOREIGN KEY ("paper_id") REFERENCES "paper"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "subscription" ADD CONSTRAINT "subscription_reader_id_fkey" FOREIGN KEY ("reader_id") REFERENCES "reader"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consent_event" ADD CONSTRAINT "consent_event_reader_id_fkey" FOREIGN KEY ("reader_id") REFERENCES "reader"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "transactional_mail" ADD CONSTRAINT "transactional_mail_reader_id_fkey" FOREIGN KEY ("reader_id") REFERENCES "reader"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_subscription_id_fkey" FOREIGN KEY ("subscription_id") REFERENCES "subscription"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_edition_id_fkey" FOREIGN KEY ("edition_id") REFERENCES "edition"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mailed_paper" ADD CONSTRAINT "mailed_paper_reader_id_fkey" FOREIGN KEY ("reader_id") REFERENCES "reader"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mailed_paper" ADD CONSTRAINT "mailed_paper_paper_id_fkey" FOREIGN KEY ("paper_id") REFERENCES "paper"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mailed_paper" ADD CONSTRAINT "mailed_paper_delivery_id_fkey" FOREIGN KEY ("delivery_id") REFERENCES "delivery"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "paper_feedback" ADD CONSTRAINT "paper_feedback_reader_id_fkey" FOREIGN KEY ("reader_id") REFERENCES "reader"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "paper_feedback" ADD CONSTRAINT "paper_feedback_paper_id_fkey" FOREIGN KEY ("paper_id") REFERENCES "paper"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bounce_event" ADD CONSTRAINT "bounce_event_reader_id_fkey" FOREIGN KEY ("reader_id") REFERENCES "reader"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "search_document" ADD CONSTRAINT "search_document_paper_id_fkey" FOREIGN KEY ("paper_id") REFERENCES "paper"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "enrichment" ADD CONSTRAINT "enrichment_paper_id_fkey" FOREIGN KEY ("paper_id") REFERENCES "paper"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Beyond Prisma: lists that are never null.
ALTER TABLE "paper_score" ALTER COLUMN "terms" SET NOT NULL;
ALTER TABLE "feed_entry" ALTER COLUMN "terms" SET NOT NULL;
ALTER TABLE "delivery" ALTER COLUMN "paper_ids" SET NOT NULL;
ALTER TABLE "pending_batch" ALTER COLUMN "paper_ids" SET NOT NULL;
ALTER TABLE "lexicon_change"
  ALTER COLUMN "stems" SET NOT NULL,
  ALTER COLUMN "counts" SET NOT NULL,
  ALTER COLUMN "shown" SET NOT NULL,
  ALTER COLUMN "forms" SET NOT NULL,
  ALTER COLUMN "form_stems" SET NOT NULL;

-- A paper of which only title and author are known is still one paper.
CREATE UNIQUE INDEX "paper_title_only_key" ON "paper"("title_key", "first_author_key")
  WHERE "arxiv_id" IS NULL AND "doi" IS NULL;

-- Papers that were revised or withdrawn lately: few, and asked for with every batch of digests.
CREATE INDEX "paper_changed_idx" ON "paper"((greatest("revised_at", "withdrawn_at")))
  WHERE "version" > 1 OR "withdrawn_at" IS NOT NULL;

-- What the ranking asks: everything people took an interest in, of one week.
CREATE INDEX "paper_score_interest_idx" ON "paper_score"("feed_at") WHERE "interest" > 0;

-- Room on each page, so that ending a row touches no index.
ALTER TABLE "feed_entry" SET (fillfactor = 85);

-- Ties keep the order in which papers came in, which is the order of the page they were listed on. The
-- id is negated because a row comparison, which paging needs, knows only one direction for all keys.
CREATE INDEX "feed_entry_trending_idx" ON "feed_entry"("term", "score" DESC, (-"paper_id") DESC);
CREATE INDEX "feed_entry_new_idx" ON "feed_entry"("term", "feed_at" DESC, "score" DESC, (-"paper_id") DESC);
CREATE INDEX "feed_entry_top_idx" ON "feed_entry"("term", "points" DESC, "score" DESC, (-"paper_id") DESC);

-- What the planner asks: whose digest is due.
CREATE INDEX "subscription_due_idx" ON "subscription"("next_run_at") WHERE "next_run_at" IS NOT NULL;

-- What a worker asks: what is to be sent, and whose lease ran out.
CREATE INDEX "delivery_queue_idx" ON "delivery"("not_before", "id") WHERE "status" IN ('planned', 'deferred');
CREATE INDEX "delivery_leased_idx" ON "delivery"("lease_until") WHERE "status" IN ('leased', 'transmitting');
CREATE INDEX "transactional_mail_queue_idx" ON "transactional_mail"("not_before") WHERE "status" = 'planned';

-- A record of consent that could be rewritten would prove nothing.
CREATE FUNCTION "consent_event_is_append_only"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'consent_event is append-only';
END
$$;
CREATE TRIGGER "consent_event_append_only" BEFORE UPDATE ON "consent_event"
  FOR EACH ROW EXECUTE FUNCTION "consent_event_is_append_only"();

-- Ranking and phrases read `terms` of many rows a query: unpacking them would cost more than the
-- rest, so they stand in the row as they are.
ALTER TABLE "search_document" ALTER COLUMN "terms" SET STORAGE EXTERNAL;
ALTER TABLE "search_document" ALTER COLUMN "ranked" SET STORAGE EXTERNAL;
ALTER TABLE "search_document" SET (toast_tuple_target = 8160);
CREATE INDEX "search_document_terms_idx" ON "search_document" USING gin ("terms");

-- Whether a paper is hidden stands beside what is searched: looking it up in the wide table would cost
-- more than the search. A trigger keeps the two together, whoever hides a paper.
CREATE FUNCTION "hide_in_search"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "search_document" SET "hidden" = NEW."hidden_at" IS NOT NULL WHERE "paper_id" = NEW."id";
  RETURN NULL;
END
$$;
CREATE TRIGGER "paper_hidden_in_search" AFTER UPDATE OF "hidden_at" ON "paper" FOR EACH ROW
  WHEN ((OLD."hidden_at" IS NULL) <> (NEW."hidden_at" IS NULL))
  EXECUTE FUNCTION "hide_in_search"();

-- Collation C: prefixes are ranges, whatever the database's locale.
ALTER TABLE "lexicon_entry"
  ALTER COLUMN "stem" TYPE TEXT COLLATE "C",
  ALTER COLUMN "word" TYPE TEXT COLLATE "C",
  SET (fillfactor = 80);
ALTER TABLE "lexicon_form"
  ALTER COLUMN "word" TYPE TEXT COLLATE "C",
  ALTER COLUMN "stem" TYPE TEXT COLLATE "C";

-- Written once, read once, deleted: not compressed in between.
ALTER TABLE "lexicon_change"
  ALTER COLUMN "stems" SET STORAGE EXTERNAL,
  ALTER COLUMN "counts" SET STORAGE EXTERNAL,
  ALTER COLUMN "shown" SET STORAGE EXTERNAL,
  ALTER COLUMN "forms" SET STORAGE EXTERNAL,
  ALTER COLUMN "form_stems" SET STORAGE EXTERNAL;

-- No plan depends on what these columns hold, and sampling them was most of the work of ANALYZE, which
-- an import does again and again while its tables grow.
ALTER TABLE "paper"
  ALTER COLUMN "title" SET STATISTICS 0,
  ALTER COLUMN "abstract" SET STATISTICS 0,
  ALTER COLUMN "tldr" SET STATISTICS 0,
  ALTER COLUMN "authors" SET STATISTICS 0,
  ALTER COLUMN "keywords" SET STATISTICS 0,
  ALTER COLUMN "comment" SET STATISTICS 0,
  ALTER COLUMN "journal_ref" SET STATISTICS 0,
  ALTER COLUMN "field_sources" SET STATISTICS 0,
  ALTER COLUMN "original" SET STATISTICS 0;
ALTER TABLE "search_document"
  ALTER COLUMN "ranked" SET STATISTICS 0,
  ALTER COLUMN "digest" SET STATISTICS 0;
ALTER TABLE "paper_tag" ALTER COLUMN "evidence" SET STATISTICS 0;

-- BM25 where the server offers it; search falls back to the GIN index where it does not. An extension
-- that is there but may not be created (no right, not preloaded) counts as not there.
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pg_textsearch') THEN
    CREATE EXTENSION IF NOT EXISTS pg_textsearch;
    CREATE INDEX "search_document_bm25" ON "search_document" USING bm25 ("ranked")
      WITH (text_config = 'pg_catalog.simple', k1 = 1.6, b = 0.75);
  END IF;
EXCEPTION WHEN OTHERS THEN
  RAISE NOTICE 'pg_textsearch cannot be used here (%): search uses the GIN index.', SQLERRM;
END
$$;
