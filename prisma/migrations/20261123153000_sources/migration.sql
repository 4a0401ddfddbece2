-- A paper of which only title and author are known is still one paper.
CREATE UNIQUE INDEX "paper_title_only_key" ON "paper"("title_key", "first_author_key")
  WHERE "arxiv_id" IS NULL AND "doi" IS NULL;

CREATE TABLE "ingest_turn" (
    "id" INTEGER NOT NULL,
    "taken" BIGINT NOT NULL DEFAULT 0,
    CONSTRAINT "ingest_turn_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "pending_batch" (
    "id" SERIAL NOT NULL,
    "paper_ids" INTEGER[] NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "pending_batch_pkey" PRIMARY KEY ("id")
);

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

CREATE TABLE "source_run" (
    "id" SERIAL NOT NULL,
    "source" TEXT NOT NULL,
    "input" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "active_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "outcome" TEXT NOT NULL,
    "counts" JSONB NOT NULL DEFAULT '{}',
    "message" TEXT,
    CONSTRAINT "source_run_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "source_run_source_started_at_idx" ON "source_run"("source", "started_at" DESC);

CREATE TABLE "quarantine" (
    "id" SERIAL NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "input" TEXT,
    "place" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "raw" TEXT NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "quarantine_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "quarantine_fingerprint_key" ON "quarantine"("fingerprint");
CREATE INDEX "quarantine_seen_at_idx" ON "quarantine"("seen_at");

CREATE TABLE "import_cursor" (
    "input_key" TEXT NOT NULL,
    "items" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "import_cursor_pkey" PRIMARY KEY ("input_key")
);

CREATE TABLE "host_slot" (
    "host" TEXT NOT NULL,
    "slot" INTEGER NOT NULL,
    "owner" TEXT,
    "busy_until" TIMESTAMPTZ(3) NOT NULL,
    "next_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "host_slot_pkey" PRIMARY KEY ("host", "slot")
);

CREATE TABLE "fetched_page" (
    "url" TEXT NOT NULL,
    "etag" TEXT,
    "last_modified" TEXT,
    "fetched_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "fetched_page_pkey" PRIMARY KEY ("url")
);
