import { Readable } from 'node:stream';
import { adminForm } from '@/app/admin/admin-session';
import type { Session } from '@/app/signed-in';
import { ReasonMissing } from '@/lib/admin/acts';
import { liftSuppression, removeReader } from '@/lib/admin/readers';
import { exportReadersFile, importReadersFile, NotReadersFile } from '@/lib/admin/readers-file';
import { isoDay } from '@/lib/calendar/day-names';
import { getDb } from '@/lib/db/client';
import { field, seeOther } from '@/lib/http/form';
import { PRIVATE } from '@/lib/http/private-headers';
import { rowId } from '@/lib/http/segment';
import { env } from '@/lib/runtime/env';
import { parseAddress } from '@/lib/subscribers/email-address';

const PAGE = '/admin/readers';
/** About 100,000 rows. */
const MOST_BYTES = 16 * 1024 * 1024;
/** Rows that were not understood, named by line. */
const LINES = 20;

interface Asked {
  form: FormData;
  actor: Session;
  reason: string;
  now: Date;
}

const DO: Record<string, (asked: Asked) => Promise<Response>> = {
  remove,
  unsuppress,
  import: takeIn,
  export: giveOut,
};

/** What admins do to readers. */
export async function POST(request: Request): Promise<Response> {
  const now = new Date();
  const posted = await adminForm(request, PAGE, now, MOST_BYTES);
  if (posted instanceof Response) return posted;
  const { form, actor } = posted;
  const what = field(form, 'do');
  const run = Object.hasOwn(DO, what) ? DO[what] : undefined;
  if (!run) return seeOther(PAGE);
  return run({ form, actor, reason: field(form, 'reason'), now }).catch((error) => {
    if (error instanceof ReasonMissing) return seeOther(`${pageOf(form)}?problem=reason`);
    throw error;
  });
}

function pageOf(form: FormData): string {
  const id = rowId(field(form, 'id'));
  return id === null ? PAGE : `${PAGE}/${id}`;
}

async function remove({ form, actor, reason, now }: Asked): Promise<Response> {
  const parsed = parseAddress(field(form, 'email'));
  if (!parsed.ok) return seeOther(`${PAGE}?problem=gone`);
  if (field(form, 'sure') !== 'yes') return seeOther(`${pageOf(form)}?problem=sure`);
  const { address } = parsed;
  const tools = { dataDir: env().dataDir, now };
  const done = await removeReader(getDb(), actor, { address, reason }, tools);
  return seeOther(`${PAGE}?${done ? 'done=removed' : 'problem=gone'}`);
}

async function unsuppress({ form, actor, reason, now }: Asked): Promise<Response> {
  const parsed = parseAddress(field(form, 'email'));
  if (!parsed.ok) return seeOther(`${PAGE}?problem=gone`);
  const { address } = parsed;
  const tools = { suppressionKey: env().suppressionKey, now };
  const lifted = await liftSuppression(getDb(), actor, { address, reason }, tools);
  return seeOther(`${PAGE}?${lifted ? `done=${lifted}` : 'problem=gone'}`);
}

async function takeIn({ form, actor, reason, now }: Asked): Promise<Response> {
  const file = form.get('file');
  const bytes = file instanceof File ? Buffer.from(await file.arrayBuffer()) : Buffer.alloc(0);
  const { secret, suppressionKey } = env();
  const lines: number[] = [];
  try {
    const total = await importReadersFile(getDb(), actor, Readable.from([bytes]), {
      ...{ reason, secret, suppressionKey, now },
      onRejected: (line) => lines.length < LINES && lines.push(line),
    });
    const { active, asked, known, suppressed, rejected } = total;
    const counts = [active, asked, known, suppressed, rejected].join('.');
    return seeOther(`${PAGE}?imported=${counts}&lines=${lines.join('.')}`);
  } catch (error) {
    if (!(error instanceof NotReadersFile)) throw error;
    return seeOther(`${PAGE}?problem=file`);
  }
}

async function giveOut({ actor, reason, now }: Asked): Promise<Response> {
  const lines = exportReadersFile(getDb(), actor, { reason, siteUrl: env().siteUrl, now });
  // The first line is made before the answer begins: what refuses an export still can.
  const first = await lines.next();
  async function* all() {
    if (!first.done) yield first.value;
    yield* lines;
  }
  const body = Readable.toWeb(Readable.from(all())) as ReadableStream<Uint8Array>;
  return new Response(body, {
    headers: {
      ...PRIVATE,
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="readers-${isoDay(now)}.csv"`,
    },
  });
}
