import { after } from 'next/server';
import { getDb } from '@/lib/db/client';
import { clientAddress } from '@/lib/http/client-address.mjs';
import { field, readOwnForm, seeOther } from '@/lib/http/form';
import { allow } from '@/lib/http/rate-limit';
import { countSoon } from '@/lib/readers/interest-signals';
import { type MarkRequest, putMark } from '@/lib/readers/mark';
import { env } from '@/lib/runtime/env';
import { pauseForAWhile } from '@/lib/subscribers/change';
import { holderOf } from '@/lib/subscribers/link-holder';
import { muteTag } from '@/lib/subscribers/subscription-store';
import { tagBySlug } from '@/lib/tags/taxonomy';

/** What the links say of a paper. Taking a vote back, it does not matter which it was. */
const MARKS: Record<string, Omit<MarkRequest, 'paperId'>> = {
  more: { mark: 'vote', undo: false },
  less: { mark: 'dismiss', undo: false },
  undo: { mark: 'vote', undo: true },
  save: { mark: 'save', undo: false },
  unsave: { mark: 'save', undo: true },
};
const CHANGES = { limit: 60, windowSeconds: 3600 };

/** The buttons behind a digest's small links. */
export async function POST(request: Request): Promise<Response> {
  const { siteUrl, secret, trustProxy } = env();
  const form = await readOwnForm(request, siteUrl);
  if (form instanceof Response) return form;
  const token = field(form, 'token');
  const page = `/feedback?token=${encodeURIComponent(token)}`;
  const now = new Date();
  const db = getDb();
  const holder = await holderOf(db, 'feedback', token, { secret, now });
  if (!holder.ok) return seeOther(page);
  const { reader, subscription } = holder;
  if (!(await allow(db, `reader:${reader.id}`, CHANGES, now))) return seeOther(page);
  const actor = { kind: 'link', readerId: reader.id } as const;
  const action = field(form, 'do');
  const paperId = Number(field(form, 'paper')) || 0;
  if (action === 'pause') {
    const ip = clientAddress(request.headers, trustProxy);
    const evidence = { ip, userAgent: request.headers.get('user-agent') };
    await pauseForAWhile(db, holder, evidence, now);
  } else if (Object.hasOwn(MARKS, action)) {
    await putMark(db, actor, { ...MARKS[action]!, paperId }, null, now);
    after(() => countSoon(paperId));
  } else if (action === 'mute' && tagBySlug(field(form, 'tag'))) {
    await muteTag(db, subscription.id, field(form, 'tag'));
  } else {
    return seeOther(page);
  }
  return seeOther(`${page}&done=${action}&paper=${paperId}`);
}
