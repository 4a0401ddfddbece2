import { JsonRows } from '@/lib/db/json-rows';
import { type Db, sql, transaction } from '@/lib/db/sql';
import { INDEX_VERSION } from '@/lib/search/index/document';
import type { Factors } from '@/lib/search/vectors/factors';
import { nearness, quantised } from '@/lib/search/vectors/vector';

/** By which factors vectors are made. Those of other models cannot be compared. */
export interface VectorModel {
  number: number;
  /** Papers of the catalogue when it was made. */
  papers: number;
  /** The rules that its stems are of. */
  indexVersion: number;
}

export async function readModel(db: Db): Promise<VectorModel | null> {
  const [model] = await db.$queryRaw<VectorModel[]>(sql`
    select number, papers, index_version as "indexVersion" from vector_model`);
  return model ?? null;
}

export async function indexedPapers(db: Db): Promise<number> {
  const [row] = await db.$queryRaw<{ papers: number }[]>(
    sql`select count(*)::int as papers from search_document`,
  );
  return row!.papers;
}

/** Of so many papers, drawn by a hash of their ids, what the search ranks by. */
export async function drawTexts(db: Db, most: number): Promise<string[]> {
  const rows = await db.$queryRaw<{ text: string }[]>(sql`
    select ranked as text from search_document where paper_id in (
      select paper_id from search_document order by hashint4(paper_id), paper_id limit ${most}::int
    ) order by paper_id`);
  return rows.map(({ text }) => text);
}

/** Takes the place of the model before, whose vectors count no more. */
export async function keepModel(db: Db, factors: Factors, papers: number): Promise<VectorModel> {
  const rows = new JsonRows();
  for (const [stem, values] of factors) {
    const { bytes, scale } = quantised(values);
    rows.add({ stem, scale, vector: base64(bytes) });
  }
  const kept = rows.parameter();
  return transaction(db, async (tx) => {
    const [model] = await tx.$queryRaw<VectorModel[]>(sql`
      insert into vector_model as m (id, number, papers, index_version)
      values (1, 1, ${papers}::int, ${INDEX_VERSION}::int)
      on conflict (id) do update set number = m.number + 1, papers = excluded.papers,
        index_version = excluded.index_version
      returning number, papers, index_version as "indexVersion"`);
    await tx.$executeRaw(sql`delete from stem_vector`);
    await tx.$executeRaw(sql`
      insert into stem_vector (stem, scale, vector)
      select stem, scale, decode(vector, 'base64')
      from json_to_recordset(${kept}::json) as r(stem text, scale float4, vector text)`);
    return model!;
  });
}

export async function readFactors(db: Db): Promise<Factors> {
  const rows = await db.$queryRaw<{ stem: string; scale: number; vector: Uint8Array }[]>(
    sql`select stem, scale, vector from stem_vector`,
  );
  return new Map(
    rows.map(({ stem, scale, vector }) => [
      stem,
      Float32Array.from(signed(vector), (byte) => byte * scale),
    ]),
  );
}

/** A paper without a vector of the model, or whose text has changed since. */
export interface WithoutVector {
  id: number;
  text: string;
  digest: string;
}

export function papersWithoutVector(
  db: Db,
  model: number,
  above: number,
  limit: number,
): Promise<WithoutVector[]> {
  return db.$queryRaw<WithoutVector[]>(sql`
    select s.paper_id as id, s.ranked as text, s.digest
    from search_document s left join paper_vector v using (paper_id)
    where s.paper_id > ${above}::int
      and (v.paper_id is null or v.model <> ${model}::int or v.digest <> s.digest)
    order by s.paper_id limit ${limit}::int`);
}

export interface MadeVector {
  id: number;
  digest: string;
  /** Null of a text that has no word with factors: it is not looked at again before it changes. */
  vector: Int8Array | null;
}

export async function keepVectors(
  db: Db,
  model: number,
  made: readonly MadeVector[],
): Promise<void> {
  const rows = new JsonRows(
    made.map(({ id, digest, vector }) => ({ id, digest, vector: vector && base64(vector) })),
  );
  await db.$executeRaw(sql`
    insert into paper_vector (paper_id, model, digest, vector)
    select r.id, ${model}::int, r.digest, decode(r.vector, 'base64')
    from json_to_recordset(${rows.parameter()}::json) as r(id int, digest text, vector text)
    join paper p on p.id = r.id
    on conflict (paper_id) do update set model = excluded.model, digest = excluded.digest,
      vector = excluded.vector`);
}

/** Vectors of these papers by the present model, of those that have one. */
export async function readVectors(
  db: Db,
  ids: readonly number[],
): Promise<{ model: number; vectors: Map<number, Int8Array> }> {
  const rows = await db.$queryRaw<{ id: number; model: number; vector: Uint8Array }[]>(sql`
    select v.paper_id as id, v.model, v.vector
    from paper_vector v join vector_model m on m.number = v.model
    where v.paper_id = any(${[...ids]}::int[]) and v.vector is not null`);
  return {
    model: rows[0]?.model ?? 0,
    vectors: new Map(rows.map(({ id, vector }) => [id, signed(vector)])),
  };
}

/** A direction, and the model that it is of. */
export interface Direction {
  model: number;
  vector: Float32Array | Int8Array;
}

/** How near these papers are to a direction: those that have a vector of its model. */
export async function readNearness(
  db: Db,
  direction: Direction | null,
  ids: readonly number[],
): Promise<Map<number, number>> {
  if (direction === null) return new Map();
  const { model, vectors } = await readVectors(db, ids);
  if (model !== direction.model) return new Map();
  return new Map([...vectors].map(([id, vector]) => [id, nearness(direction.vector, vector)]));
}

const base64 = ({ buffer, byteOffset, byteLength }: Int8Array) =>
  Buffer.from(buffer, byteOffset, byteLength).toString('base64');
const signed = ({ buffer, byteOffset, byteLength }: Uint8Array) =>
  new Int8Array(buffer, byteOffset, byteLength);
