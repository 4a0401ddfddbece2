import { adminForm } from '@/app/admin/admin-session';
import { ReasonMissing } from '@/lib/admin/acts';
import { correctPaper, NotACorrection, type TypedCorrection } from '@/lib/admin/correct';
import { mergePaper } from '@/lib/admin/merge';
import {
  hidePaper,
  type PaperDeed,
  pinPaper,
  type TagAct,
  tagPaper,
  UnknownTag,
  unhidePaper,
  unpinPaper,
} from '@/lib/admin/papers';
import { getDb } from '@/lib/db/client';
import type { ModelDb } from '@/lib/db/sql';
import { field, seeOther } from '@/lib/http/form';
import { rowId } from '@/lib/http/segment';
import type { Actor } from '@/lib/readers/actor';

/** What cannot be undone was not confirmed. */
class NotSure extends Error {}

type Run = (
  db: ModelDb,
  actor: Actor,
  deed: PaperDeed & { slug: string; form: FormData },
  now: Date,
) => Promise<unknown>;

const tag =
  (how: TagAct): Run =>
  (db, actor, deed, now) =>
    tagPaper(db, actor, { ...deed, how }, now);

const DO: Record<string, Run> = {
  hide: hidePaper,
  unhide: unhidePaper,
  pin: pinPaper,
  unpin: unpinPaper,
  'tag-add': tag('add'),
  'tag-remove': tag('remove'),
  'tag-clear': tag('clear'),
  merge: (db, actor, { form, slug: _, ...deed }, now) => {
    const intoId = rowId(field(form, 'into'));
    if (field(form, 'sure') !== 'yes') throw new NotSure();
    return intoId === null
      ? Promise.resolve(null)
      : mergePaper(db, actor, { ...deed, intoId }, now);
  },
  correct: (db, actor, { form, slug: _, ...deed }, now) =>
    correctPaper(db, actor, { ...deed, typed: readTyped(form) }, now),
};

/** What admins do to papers. */
export async function POST(request: Request): Promise<Response> {
  const now = new Date();
  const posted = await adminForm(request, '/admin/papers', now);
  if (posted instanceof Response) return posted;
  const { form, actor } = posted;
  const paperId = rowId(field(form, 'id'));
  const what = field(form, 'do');
  const run = Object.hasOwn(DO, what) ? DO[what] : undefined;
  if (!run || paperId === null) return seeOther('/admin/papers');
  const page = `/admin/papers/${paperId}`;
  const deed = { paperId, reason: field(form, 'reason'), slug: field(form, 'tag'), form };
  try {
    const done = await run(getDb(), actor, deed, now);
    return seeOther(`${page}?${done ? `done=${what}` : 'problem=gone'}`);
  } catch (error) {
    if (error instanceof ReasonMissing) return seeOther(`${page}?problem=reason`);
    if (error instanceof NotSure) return seeOther(`${page}?problem=sure`);
    if (error instanceof NotACorrection) return seeOther(`${page}?problem=correction`);
    if (error instanceof UnknownTag) return seeOther(`${page}?problem=tag`);
    throw error;
  }
}

/** The form has every field as it stands, so that what was not changed is no correction. */
function readTyped(form: FormData): TypedCorrection {
  return {
    title: field(form, 'title'),
    abstract: field(form, 'abstract'),
    authors: field(form, 'authors').split(/\r?\n/),
    publishedOn: field(form, 'published'),
    codeUrl: field(form, 'code'),
    projectUrl: field(form, 'project'),
  };
}
