import type { ModelDb } from '@/lib/db/sql';
import type { Paper } from '@/lib/papers/paper';
import type { Actor } from '@/lib/readers/actor';
import { listFollows } from '@/lib/readers/reader-follows';
import { authorKey } from '@/lib/search/author';
import { search } from '@/lib/search/search';
import { type Follow, inCategory } from '@/lib/subscribers/follow';
import { withBroader } from '@/lib/tags/tag-tree';

type Followable = Pick<Paper, 'id' | 'tags' | 'authors' | 'categories'>;

/** What of that which the reader follows each of these papers has, by id; papers with nothing of it are left out. */
export async function followedIn(
  db: ModelDb,
  actor: Actor,
  papers: readonly Followable[],
): Promise<Map<number, Follow[]>> {
  const follows = await listFollows(db, actor);
  const ids = papers.map(({ id }) => id);
  const hits = new Map<string, ReadonlySet<number>>();
  for (const { kind, value } of follows) {
    if (kind !== 'search' || ids.length === 0) continue;
    const options = { limit: ids.length, window: { papers: ids }, exact: true };
    hits.set(value, new Set((await search(db, value, options).page()).ids));
  }
  return new Map(
    papers.flatMap((paper) => {
      const own = follows.filter((follow) => fits(paper, follow, hits));
      return own.length > 0 ? [[paper.id, own]] : [];
    }),
  );
}

/** `hits` are those of each search. */
function fits(
  { id, tags, authors, categories }: Followable,
  { kind, value }: Follow,
  hits: ReadonlyMap<string, ReadonlySet<number>>,
): boolean {
  if (kind === 'tag') return withBroader(tags).includes(value);
  if (kind === 'author') return authors.some((name) => authorKey(name) === value);
  if (kind === 'category') return inCategory(categories, value);
  return hits.get(value)?.has(id) ?? false;
}
