-- CreateTable
CREATE TABLE "rising" (
    "span" TEXT NOT NULL,
    "as_of" TIMESTAMPTZ(3) NOT NULL,
    "result" JSONB NOT NULL,

    CONSTRAINT "rising_pkey" PRIMARY KEY ("span")
);
