import type { Db } from '@/lib/db/sql';
import { forEachYielding } from '@/lib/runtime/yielding';
import { INDEX_VERSION } from '@/lib/search/index/document';
import { factorsOf } from '@/lib/search/vectors/factors';
import {
  drawTexts,
  indexedPapers,
  keepModel,
  keepVectors,
  type MadeVector,
  papersWithoutVector,
  readFactors,
  readModel,
} from '@/lib/search/vectors/store';
import { vectorOf } from '@/lib/search/vectors/vector';

/** In fewer papers, words tell no subjects from each other. */
const FEWEST_PAPERS = 1_000;
/** A model is made anew when the catalogue has grown so many times. */
const GROWN = 2;
/** Papers that a model is made of: more give the same, and take longer. */
const SAMPLE = 10_000;
/** Papers in one write: few enough that others wait little on the embedded database. */
const BATCH = 500;

/**
 * Gives a vector to each paper that has none of the present model, or whose text has changed. Makes a new
 * model first where there is none, or none that fits. What remains after `signal` is for the next call.
 */
export async function renewVectors(
  db: Db,
  signal: AbortSignal,
): Promise<{ newModel: boolean; vectors: number; unfinished: boolean }> {
  const papers = await indexedPapers(db);
  if (papers < FEWEST_PAPERS) return { newModel: false, vectors: 0, unfinished: false };
  let model = await readModel(db);
  const fits = model?.indexVersion === INDEX_VERSION && papers < GROWN * model.papers;
  if (!fits) model = await keepModel(db, await factorsOf(await drawTexts(db, SAMPLE)), papers);
  const { number } = model!;
  let factors: Awaited<ReturnType<typeof readFactors>> | undefined;
  let vectors = 0;
  for (let last = 0; !signal.aborted; ) {
    const batch = await papersWithoutVector(db, number, last, BATCH);
    if (batch.length === 0) return { newModel: !fits, vectors, unfinished: false };
    factors ??= await readFactors(db);
    const known = factors;
    const made: MadeVector[] = [];
    await forEachYielding(batch, ({ id, text, digest }) => {
      made.push({ id, digest, vector: vectorOf(text, known) });
    });
    await keepVectors(db, number, made);
    vectors += made.length;
    last = batch.at(-1)!.id;
  }
  return { newModel: !fits, vectors, unfinished: true };
}
