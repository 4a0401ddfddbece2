import { getDb } from '@/lib/db/client';
import { listTags } from '@/lib/feed/tag-query';
import { conditional } from '@/lib/http/conditional';
import { listsChangedAt } from '@/lib/syndication/query';

export const dynamic = 'force-dynamic';

export async function GET(request: Request) {
  const db = getDb();
  const tags = (await listTags(db)).map(({ tag: { slug, name, broader }, papers }) => ({
    slug,
    name,
    broader,
    count: papers,
  }));
  return conditional(request, {
    body: JSON.stringify(tags),
    type: 'application/json',
    changedAt: await listsChangedAt(db, new Date()),
    maxAge: 60,
  });
}
