import { type Db, type ModelDb, sql } from '@/lib/db/sql';
import { bumpCatalogueVersion } from '@/lib/feed/catalogue-version';
import { finishBatch } from '@/lib/ingest/pipeline';
import { addPendingBatch, lockIngest, storedPaper, updatePapers } from '@/lib/ingest/store';
import { fillPaperState } from '@/lib/papers/merge';
import type { Actor } from '@/lib/readers/actor';
import { writeSignals } from '@/lib/readers/interest-signal-store';
import { perform } from './log-store';
import type { PaperDeed } from './paper-acts';

/** One work that came as two papers. */

/**
 * Merges a paper into another one, for good: what readers and sources said of it moves along, its addresses
 * lead to the other. It stays, hidden, so that what is imported of it makes no new paper. Null where the other
 * is not shown, or the paper was merged already.
 */
export async function mergePaper(
  db: ModelDb,
  actor: Actor,
  { intoId, ...deed }: PaperDeed & { intoId: number },
  now: Date,
): Promise<{ paperId: number } | null> {
  const { paperId } = deed;
  const batch = await perform(db, actor, { ...deed, act: 'merge' }, now, async (tx) => {
    if (paperId === intoId) return null;
    await lockIngest(tx);
    const marked = await tx.$executeRaw(sql`
      update paper set merged_into = ${intoId}, hidden_at = coalesce(hidden_at, ${now}), pinned_until = null
      where id = ${paperId} and merged_into is null
        and exists (select from paper i where i.id = ${intoId} and i.hidden_at is null)`);
    if (marked === 0) return null;
    await tx.$executeRaw(
      sql`update paper set merged_into = ${intoId} where merged_into = ${paperId}`,
    );
    const [from, into] = [await storedPaper(tx, paperId), await storedPaper(tx, intoId)];
    const state = fillPaperState(into!.state, from!.state);
    // An identity that moves is the other's alone: both are unique.
    await tx.$executeRaw(sql`
      update paper set arxiv_id = nullif(arxiv_id, ${state.arxivId}), doi = nullif(doi, ${state.doi})
      where id = ${paperId}`);
    await updatePapers(tx, [{ id: intoId, state }], now);
    await moveRows(tx, paperId, intoId);
    await writeSignals(tx, [paperId, intoId], now);
    const pending = await addPendingBatch(tx, [paperId, intoId]);
    return { value: pending!, detail: `no. ${intoId}` };
  });
  if (!batch) return null;
  await finishBatch(db, batch, now);
  await bumpCatalogueVersion(db);
  return { paperId };
}

/** What readers and sources said. Of two votes of one reader that on the other paper counts; two notes become one. */
async function moveRows(tx: Db, from: number, into: number): Promise<void> {
  // What readers gave is counted from their votes and saves.
  await tx.$executeRaw(sql`
    insert into signal (paper_id, kind, source, seen_at, value)
    select ${into}::int, kind, source, seen_at, value from signal
    where paper_id = ${from} and source <> 'readers'
    on conflict do nothing`);
  await tx.$executeRaw(sql`delete from signal where paper_id = ${from} and source <> 'readers'`);
  await tx.$executeRaw(sql`
    insert into vote (reader_id, paper_id, value, at, network, weight)
    select reader_id, ${into}::int, value, at, network, weight from vote where paper_id = ${from}
    on conflict do nothing`);
  await tx.$executeRaw(sql`delete from vote where paper_id = ${from}`);
  await tx.$executeRaw(sql`
    insert into saved_paper as s (reader_id, paper_id, note, labels, state, saved_at, network, weight)
    select reader_id, ${into}::int, note, labels, state, saved_at, network, weight from saved_paper
    where paper_id = ${from}
    on conflict (reader_id, paper_id) do update set
      note = concat_ws(e'\\n\\n', nullif(s.note, ''), nullif(excluded.note, '')),
      labels = array(select distinct unnest(s.labels || excluded.labels) order by 1)`);
  await tx.$executeRaw(sql`
    insert into shelf_paper (shelf_id, paper_id, reader_id, added_at)
    select shelf_id, ${into}::int, reader_id, added_at from shelf_paper where paper_id = ${from}
    on conflict do nothing`);
  await tx.$executeRaw(sql`delete from saved_paper where paper_id = ${from}`);
  await tx.$executeRaw(sql`
    insert into mailed_paper (reader_id, paper_id, delivery_id, mailed_at, version, withdrawn)
    select reader_id, ${into}::int, delivery_id, mailed_at, version, withdrawn from mailed_paper
    where paper_id = ${from}
    on conflict do nothing`);
  await tx.$executeRaw(sql`delete from mailed_paper where paper_id = ${from}`);
  await tx.$executeRaw(sql`
    update interest set paper_ids = array_replace(array_remove(paper_ids, ${into}::int), ${from}::int, ${into}::int)
    where ${from}::int = any(paper_ids)`);
}
