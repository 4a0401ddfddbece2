import type { ReaderStatus } from '@/lib/db/generated/enums';
import { type Db, type ModelDb, sql, transaction } from '@/lib/db/sql';
import type { ImportRow } from './import-row';
import { putPending, recordConsent } from './reader-store';
import { suppressedAmong } from './suppression-store';
import { oweMail } from './transactional-mail-store';

export interface ImportCounts {
  /** Active at once, by the consent that the file names. */
  active: number;
  /** Owed a confirmation mail. */
  asked: number;
  /** Here already, in whatever state, or earlier in the file. */
  known: number;
  /** Never to be written to. */
  suppressed: number;
}

const NOBODY = { ip: null, userAgent: null };
const IMPORTED = 'Imported; agreed at: ';
const ASKED = 'Imported without a record of consent; asked by mail';

/**
 * Takes rows in, in one transaction. Readers who are here keep all that they have, so the same file may
 * come again; only who was asked here and did not answer yet becomes active where a row brings consent.
 */
export async function importReaders(
  db: ModelDb,
  rows: readonly ImportRow[],
  { secret, now }: { secret: string; now: Date },
): Promise<ImportCounts> {
  const unique = [...new Map([...rows].reverse().map((row) => [row.emailKey, row])).values()];
  unique.reverse();
  return transaction(db, async (tx) => {
    const suppressed = await suppressedAmong(
      tx,
      unique.flatMap(({ hashes }) => hashes),
    );
    const allowed = unique.filter(({ hashes }) => !hashes.some((hash) => suppressed.has(hash)));
    const states = await statusOf(
      tx,
      allowed.map(({ emailKey }) => emailKey),
    );
    const consented = allowed.filter(({ emailKey, consent }) => {
      const status = states.get(emailKey);
      return consent !== null && (status === undefined || status === 'pending');
    });
    const unasked = allowed.filter(
      ({ emailKey, consent }) => consent === null && !states.has(emailKey),
    );
    const active = await addActive(tx, consented, now);
    for (const row of unasked) {
      const { email, emailKey: key, limitKey, preferences, hashes } = row;
      const address = { email, key, limitKey, domain: email.split('@')[1]! };
      const reader = await putPending(tx, address, hashes[0]!, preferences, now);
      await recordConsent(tx, reader.id, 'requested', ASKED, NOBODY, now);
      await oweMail(tx, { reader, kind: 'confirm', email, choices: preferences }, secret, now);
    }
    return {
      active,
      asked: unasked.length,
      suppressed: unique.length - allowed.length,
      known: rows.length - (unique.length - allowed.length) - active - unasked.length,
    };
  });
}

async function statusOf(db: Db, keys: readonly string[]): Promise<Map<string, ReaderStatus>> {
  const rows = await db.$queryRaw<{ key: string; status: ReaderStatus }[]>(sql`
    select email_key as key, status from reader where email_key = any(${[...keys]}::text[])`);
  return new Map(rows.map(({ key, status }) => [key, status]));
}

/** Makes readers of the rows, or actives of those who are pending; gives how many. */
async function addActive(db: Db, rows: readonly ImportRow[], now: Date): Promise<number> {
  if (rows.length === 0) return 0;
  const given = JSON.stringify(
    rows.map(({ preferences, consent, hashes, ...row }) => ({
      ...preferences,
      ...row,
      hash: hashes[0],
      confirmedAt: consent!.confirmedAt,
      wording: IMPORTED + consent!.source,
    })),
  );
  const [done] = await db.$queryRaw<{ count: number }[]>(sql`
    with given as (
      select * from jsonb_to_recordset(${given}::jsonb) as g(email text, "emailKey" text, hash text,
        "confirmedAt" timestamptz, wording text, "nextRunAt" timestamptz, cadence cadence,
        weekday smallint, monthday smallint, hour smallint, timezone text, "maxPapers" smallint,
        tags text[], "mutedTags" text[])
    ), made as (
      insert into reader as r (email, email_key, address_hash, status, confirmed_at, created_at)
      select email, "emailKey", hash, 'active', "confirmedAt", ${now} from given
      on conflict (email_key) do update
        set status = 'active', confirmed_at = excluded.confirmed_at where r.status = 'pending'
      returning r.id, r.email_key
    ), void as (
      update transactional_mail m set used_at = ${now} from made
      where m.reader_id = made.id and m.kind = 'confirm' and m.used_at is null
    ), chosen as (
      update subscription s set cadence = g.cadence, weekday = g.weekday, monthday = g.monthday,
        hour = g.hour, timezone = g.timezone, max_papers = g."maxPapers",
        muted_tags = g."mutedTags", next_run_at = g."nextRunAt"
      from made join given g on g."emailKey" = made.email_key where s.reader_id = made.id
    ), subscribed as (
      insert into subscription (reader_id, cadence, weekday, monthday, hour, timezone, max_papers,
        muted_tags, next_run_at, created_at)
      select made.id, g.cadence, g.weekday, g.monthday, g.hour, g.timezone, g."maxPapers",
        g."mutedTags", g."nextRunAt", ${now}
      from made join given g on g."emailKey" = made.email_key
      where not exists (select 1 from subscription s where s.reader_id = made.id)
    ), followed as (
      insert into follow (reader_id, kind, value, created_at)
      select made.id, 'tag', t.slug, ${now}
      from made join given g on g."emailKey" = made.email_key,
        unnest(g.tags) with ordinality as t(slug, place)
      order by made.id, t.place
      on conflict do nothing
    ), agreed as (
      insert into consent_event (reader_id, kind, at, wording)
      select made.id, 'confirmed', g."confirmedAt", g.wording
      from made join given g on g."emailKey" = made.email_key
    )
    select count(*)::int as count from made`);
  return done!.count;
}

export interface ExportedReader {
  id: number;
  email: string;
  confirmedAt: Date | null;
  /** Where they agreed: what an import said; null for a sign-up here. */
  source: string | null;
  tags: string[];
  cadence: string;
  hour: number;
  timezone: string;
}

/** Active readers with an id beyond `after`, in order: for one batch after the other. */
export async function activeReaders(
  db: Db,
  after: number,
  limit: number,
): Promise<ExportedReader[]> {
  return db.$queryRaw<ExportedReader[]>(sql`
    select r.id, r.email,
      array(select value from follow f where f.reader_id = r.id and f.kind = 'tag' order by f.id)
        as tags,
      r.confirmed_at as "confirmedAt", s.cadence, s.hour, s.timezone,
      (select case when starts_with(c.wording, ${IMPORTED})
          then substr(c.wording, length(${IMPORTED}) + 1) end
        from consent_event c where c.reader_id = r.id and c.kind = 'confirmed'
        order by c.reader_id desc, c.id desc limit 1) as source
    from (select * from reader where status = 'active' and id > ${after} order by id limit ${limit}) r
      join subscription s on s.reader_id = r.id
    where not exists (
      select 1 from subscription o where o.reader_id = s.reader_id and o.id < s.id)
    order by r.id`);
}

export interface FoundReader {
  id: number;
  email: string;
  status: ReaderStatus;
  createdAt: Date;
  confirmedAt: Date | null;
  endedAt: Date | null;
}

/** Readers whose address has the text. */
export async function searchReaders(db: Db, text: string, limit: number): Promise<FoundReader[]> {
  return db.$queryRaw<FoundReader[]>(sql`
    select id, email, status, created_at as "createdAt", confirmed_at as "confirmedAt",
      ended_at as "endedAt"
    from reader where position(${text.toLowerCase()} in email_key) > 0
    order by email_key limit ${limit}`);
}
