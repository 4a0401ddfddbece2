import { card } from '@/app/cards/card';
import { problem } from '@/lib/http/problem';
import { cardText } from '@/lib/site/card-text';
import { tagBySlug } from '@/lib/tags/taxonomy';

export const revalidate = 86_400;

/** Drawn when first asked for, and kept. */
export function generateStaticParams() {
  return [];
}

/** The picture that a link to a tag's page is previewed with. */
export async function GET(_request: Request, { params }: { params: Promise<{ slug: string }> }) {
  const tag = tagBySlug((await params).slug);
  if (!tag) return problem(404, 'No such tag');
  return card({
    title: cardText(tag.name, 120),
    line: cardText(tag.definition, 150),
    foot: 'Trending research papers',
  });
}
