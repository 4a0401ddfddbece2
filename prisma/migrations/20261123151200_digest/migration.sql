-- CreateTable
CREATE TABLE "subscription" (
    "id" SERIAL NOT NULL,
    "email" TEXT NOT NULL,
    "email_key" TEXT NOT NULL,
    "address_hash" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "cadence" TEXT NOT NULL,
    "weekday" SMALLINT NOT NULL,
    "monthday" SMALLINT NOT NULL,
    "hour" SMALLINT NOT NULL,
    "timezone" TEXT NOT NULL,
    "max_papers" SMALLINT NOT NULL,
    "tags" TEXT[],
    "muted_tags" TEXT[],
    "searches" TEXT[],
    "next_run_at" TIMESTAMPTZ(3),
    "paused_until" TIMESTAMPTZ(3),
    "covered_until" TIMESTAMPTZ(3),
    "token_epoch" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "confirmed_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "subscription_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "consent_event" (
    "id" SERIAL NOT NULL,
    "subscription_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "ip" TEXT,
    "user_agent" TEXT,
    "wording" TEXT NOT NULL,

    CONSTRAINT "consent_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "letter" (
    "id" SERIAL NOT NULL,
    "subscription_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "token_hash" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "status" TEXT NOT NULL DEFAULT 'planned',
    "not_before" TIMESTAMPTZ(3) NOT NULL,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "sent_at" TIMESTAMPTZ(3),
    "note" TEXT,

    CONSTRAINT "letter_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "edition" (
    "id" SERIAL NOT NULL,
    "cadence" TEXT NOT NULL,
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
    "cadence" TEXT NOT NULL,
    "local_period" TEXT NOT NULL,
    "domain" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'planned',
    "reason" TEXT,
    "lease_owner" TEXT,
    "lease_until" TIMESTAMPTZ(3),
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "refusals" INTEGER NOT NULL DEFAULT 0,
    "not_before" TIMESTAMPTZ(3) NOT NULL,
    "stale_at" TIMESTAMPTZ(3) NOT NULL,
    "paper_ids" INTEGER[],
    "content" JSONB,
    "smtp_code" INTEGER,
    "smtp_text" TEXT,
    "planned_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "story" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mailed_paper" (
    "subscription_id" INTEGER NOT NULL,
    "paper_id" INTEGER NOT NULL,
    "delivery_id" INTEGER NOT NULL,
    "mailed_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER,
    "withdrawn" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "mailed_paper_pkey" PRIMARY KEY ("subscription_id","paper_id")
);

-- CreateTable
CREATE TABLE "paper_feedback" (
    "subscription_id" INTEGER NOT NULL,
    "paper_id" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "paper_feedback_pkey" PRIMARY KEY ("subscription_id","paper_id")
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
    "reason" TEXT NOT NULL,
    "note" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "suppression_pkey" PRIMARY KEY ("address_hash")
);

-- CreateIndex
CREATE UNIQUE INDEX "subscription_email_key_key" ON "subscription"("email_key");

-- CreateIndex
CREATE INDEX "subscription_address_hash_idx" ON "subscription"("address_hash");

-- CreateIndex
CREATE INDEX "consent_event_subscription_id_id_idx" ON "consent_event"("subscription_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "letter_token_hash_key" ON "letter"("token_hash");

-- CreateIndex
CREATE INDEX "letter_subscription_id_id_idx" ON "letter"("subscription_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "edition_cadence_ends_at_key" ON "edition"("cadence", "ends_at");

-- CreateIndex
CREATE UNIQUE INDEX "delivery_subscription_id_cadence_local_period_key" ON "delivery"("subscription_id", "cadence", "local_period");

-- AddForeignKey
ALTER TABLE "consent_event" ADD CONSTRAINT "consent_event_subscription_id_fkey" FOREIGN KEY ("subscription_id") REFERENCES "subscription"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "letter" ADD CONSTRAINT "letter_subscription_id_fkey" FOREIGN KEY ("subscription_id") REFERENCES "subscription"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_subscription_id_fkey" FOREIGN KEY ("subscription_id") REFERENCES "subscription"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_edition_id_fkey" FOREIGN KEY ("edition_id") REFERENCES "edition"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mailed_paper" ADD CONSTRAINT "mailed_paper_subscription_id_fkey" FOREIGN KEY ("subscription_id") REFERENCES "subscription"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "paper_feedback" ADD CONSTRAINT "paper_feedback_subscription_id_fkey" FOREIGN KEY ("subscription_id") REFERENCES "subscription"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What the planner asks: whose digest is due.
CREATE INDEX "subscription_due_idx" ON "subscription"("next_run_at") WHERE "status" IN ('active', 'paused');

-- What a worker asks: what is to be sent, and whose lease ran out.
CREATE INDEX "delivery_queue_idx" ON "delivery"("not_before", "id") WHERE "status" IN ('planned', 'deferred');
CREATE INDEX "delivery_leased_idx" ON "delivery"("lease_until") WHERE "status" IN ('leased', 'transmitting');
CREATE INDEX "letter_queue_idx" ON "letter"("not_before") WHERE "status" = 'planned';

-- A record of consent that could be rewritten would prove nothing.
CREATE FUNCTION consent_event_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'consent_event is append-only';
END $$;
CREATE TRIGGER consent_event_append_only BEFORE UPDATE ON "consent_event"
  FOR EACH ROW EXECUTE FUNCTION consent_event_is_append_only();
