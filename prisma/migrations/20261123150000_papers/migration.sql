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
    "abstract_kind" TEXT NOT NULL DEFAULT 'abstract',
    "tldr" TEXT,
    "authors" TEXT[],
    "categories" TEXT[],
    "keywords" TEXT[],
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
    "feed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "paper_score_pkey" PRIMARY KEY ("paper_id")
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
CREATE INDEX "paper_score_score_paper_id_idx" ON "paper_score"("score" DESC, "paper_id" DESC);

-- CreateIndex
CREATE INDEX "paper_score_signal_paper_id_idx" ON "paper_score"("signal" DESC, "paper_id" DESC);

-- CreateIndex
CREATE INDEX "paper_score_feed_at_paper_id_idx" ON "paper_score"("feed_at" DESC, "paper_id" DESC);

-- CreateIndex
CREATE INDEX "rate_limit_since_idx" ON "rate_limit"("since");

-- AddForeignKey
ALTER TABLE "paper_tag" ADD CONSTRAINT "paper_tag_paper_id_fkey" FOREIGN KEY ("paper_id") REFERENCES "paper"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "signal" ADD CONSTRAINT "signal_paper_id_fkey" FOREIGN KEY ("paper_id") REFERENCES "paper"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "paper_score" ADD CONSTRAINT "paper_score_paper_id_fkey" FOREIGN KEY ("paper_id") REFERENCES "paper"("id") ON DELETE CASCADE ON UPDATE CASCADE;
