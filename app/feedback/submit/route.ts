import { getDb } from '@/lib/db/client';
import { clientAddress } from '@/lib/http/client-address.mjs';
import { field, readOwnForm, seeOther } from '@/lib/http/form';
import { allow } from '@/lib/http/rate-limit';
import { castVote, takeVoteBack } from '@/lib/readers/vote-store';
import { env } from '@/lib/runtime/env';
import { pauseForAWhile } from '@/lib/subscribers/change';
import { holderOf } from '@/lib/subscribers/link-holder';
import { muteTag } from '@/lib/subscribers/subscription-store';
import { tagBySlug } from '@/lib/tags/taxonomy';

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
  } else if (action === 'more' || action === 'less') {
    const value = action === 'more' ? 1 : -1;
    await castVote(db, actor, { paperId, value, network: null }, now);
  } else if (action === 'undo') {
    await takeVoteBack(db, actor, paperId);
  } else if (action === 'mute' && tagBySlug(field(form, 'tag'))) {
    await muteTag(db, subscription.id, field(form, 'tag'));
  } else {
    return seeOther(page);
  }
  return seeOther(`${page}&done=${action}&paper=${paperId}`);
}
