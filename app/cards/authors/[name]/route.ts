import { card } from '@/app/cards/card';
import { getDb } from '@/lib/db/client';
import { problem } from '@/lib/http/problem';
import { decodeSegment } from '@/lib/http/segment';
import { authorKey } from '@/lib/search/author';
import { authorPapers } from '@/lib/search/author-papers';
import { cardText } from '@/lib/site/card-text';

export const revalidate = 86_400;

/** Drawn when first asked for, and kept. */
export function generateStaticParams() {
  return [];
}

/** The picture that a link to an author's page is previewed with. */
export async function GET(_request: Request, { params }: { params: Promise<{ name: string }> }) {
  const key = authorKey(decodeSegment((await params).name));
  const author = await authorPapers(getDb(), key, { limit: 1 });
  if (!author) return problem(404, 'No such author');
  const { count, more } = author.total;
  const tags = author.facets.tags.slice(0, 3).map(({ name }) => name);
  return card({
    title: cardText(author.name, 120),
    line: cardText(tags.join(' · '), 70),
    foot: `${count}${more ? '+' : ''} ${count === 1 ? 'paper' : 'papers'}`,
  });
}
