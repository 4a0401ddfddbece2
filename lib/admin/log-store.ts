import { type Db, type ModelDb, sql, transaction } from '@/lib/db/sql';
import { type Actor, authoriseAdmin } from '@/lib/readers/actor';
import { type Act, readReason } from './acts';

/** The log of every act on the site. */

/** What is done, to what, and why. */
export interface Deed {
  act: Act;
  reason: string;
  paperId?: number;
  readerId?: number;
}

/**
 * Does something to the site and writes it into the log, in one transaction: no act without its row. `work`
 * gives what else the log says; null where there was nothing to do, which is no act. Throws `NotAllowed` and
 * `ReasonMissing` before anything is done.
 */
export async function perform<T>(
  db: ModelDb,
  actor: Actor,
  { act, reason, paperId, readerId }: Deed,
  now: Date,
  work: (tx: ModelDb) => Promise<{ value: T; detail?: string } | null>,
): Promise<T | null> {
  const byReader = authoriseAdmin(actor, 'admin:write');
  const why = readReason(reason);
  return transaction(db, async (tx) => {
    const done = await work(tx);
    if (done === null) return null;
    const detail = done.detail ?? null;
    await tx.adminAct.create({
      data: { at: now, byReader, act, paperId, readerId, detail, reason: why },
    });
    return done.value;
  });
}

export interface LoggedAct {
  id: number;
  at: Date;
  act: Act;
  /** Whether the operator did it on the command line, or an admin. */
  byOperator: boolean;
  paperId: number | null;
  /** Null of a paper that is hidden or gone. */
  title: string | null;
  detail: string | null;
  reason: string;
}

const PUBLIC = sql`a.id, a.at, a.act, a.by_reader is null as "byOperator", a.paper_id as "paperId",
  p.title, a.detail, a.reason`;
const PAPER = sql`left join paper p on p.id = a.paper_id and p.hidden_at is null`;

interface LogPage {
  /** The id of the last act of the page before. */
  before: number | null;
  limit: number;
}

/** Acts on papers, the latest first, for everybody: who did them is not told. */
export function publicLog(db: Db, { before, limit }: LogPage): Promise<LoggedAct[]> {
  return db.$queryRaw(sql`
    select ${PUBLIC} from admin_act a ${PAPER}
    where a.paper_id is not null and (${before}::int is null or a.id < ${before}::int)
    order by a.id desc limit ${limit}`);
}

export interface AdminLogged extends LoggedAct {
  /** The admin's address now; null of the operator, and of a reader who is gone. */
  by: string | null;
  readerId: number | null;
  /** The reader's address now; null where nobody has this id. */
  email: string | null;
}

/** All acts, the latest first. */
export async function adminLog(
  db: Db,
  actor: Actor,
  { before, limit }: LogPage,
): Promise<AdminLogged[]> {
  authoriseAdmin(actor, 'admin:read');
  return db.$queryRaw(sql`
    select ${PUBLIC}, b.email as by, a.reader_id as "readerId", r.email
    from admin_act a ${PAPER}
      left join reader b on b.id = a.by_reader and b.created_at <= a.at
      left join reader r on r.id = a.reader_id and r.created_at <= a.at
    where ${before}::int is null or a.id < ${before}::int
    order by a.id desc limit ${limit}`);
}
