-- CreateTable
CREATE TABLE "bounce_event" (
    "id" SERIAL NOT NULL,
    "event_key" TEXT NOT NULL,
    "subscription_id" INTEGER NOT NULL,
    "message" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "status" TEXT,
    "diagnostic" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "bounce_event_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "bounce_event_event_key_key" ON "bounce_event"("event_key");

-- CreateIndex
CREATE INDEX "bounce_event_subscription_id_at_idx" ON "bounce_event"("subscription_id", "at");

-- AddForeignKey
ALTER TABLE "bounce_event" ADD CONSTRAINT "bounce_event_subscription_id_fkey" FOREIGN KEY ("subscription_id") REFERENCES "subscription"("id") ON DELETE CASCADE ON UPDATE CASCADE;
