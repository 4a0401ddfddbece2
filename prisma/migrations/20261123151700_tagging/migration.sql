-- With which rules and wording a paper was last tagged: re-tagging finds what an interrupted run left
-- by it.
CREATE TABLE "tagging" (
    "paper_id" INTEGER NOT NULL,
    "vocabulary" TEXT NOT NULL,

    CONSTRAINT "tagging_pkey" PRIMARY KEY ("paper_id"),
    CONSTRAINT "tagging_paper_id_fkey" FOREIGN KEY ("paper_id") REFERENCES "paper"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
