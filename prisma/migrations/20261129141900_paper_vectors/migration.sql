-- CreateTable
CREATE TABLE "vector_model" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "number" INTEGER NOT NULL,
    "papers" INTEGER NOT NULL,
    "index_version" INTEGER NOT NULL,

    CONSTRAINT "vector_model_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stem_vector" (
    "stem" TEXT NOT NULL,
    "scale" REAL NOT NULL,
    "vector" BYTEA NOT NULL,

    CONSTRAINT "stem_vector_pkey" PRIMARY KEY ("stem")
);

-- CreateTable
CREATE TABLE "paper_vector" (
    "paper_id" INTEGER NOT NULL,
    "model" INTEGER NOT NULL,
    "digest" TEXT NOT NULL,
    "vector" BYTEA,

    CONSTRAINT "paper_vector_pkey" PRIMARY KEY ("paper_id")
);

-- AddForeignKey
ALTER TABLE "paper_vector" ADD CONSTRAINT "paper_vector_paper_id_fkey" FOREIGN KEY ("paper_id") REFERENCES "paper"("id") ON DELETE CASCADE ON UPDATE CASCADE;
