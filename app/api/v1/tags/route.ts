import { getDb } from '@/lib/db/client';
import { countByTag } from '@/lib/feed/query';
import { conditional } from '@/lib/http/conditional';
import { listsChangedAt } from '@/lib/syndication/query';
import { TAGS } from '@/lib/tags/vocabulary';

export const dynamic = 'force-dynamic';

export async function GET(request: Request) {
  const db = getDb();
  const counts = await countByTag(db);
  const tags = TAGS.map(({ slug, name, broader }) => ({
    slug,
    name,
    broader,
    count: counts.get(slug) ?? 0,
  }));
  return conditional(request, {
    body: JSON.stringify(tags),
    type: 'application/json',
    changedAt: await listsChangedAt(db, new Date()),
    maxAge: 60,
  });
}
