import { card } from '@/app/cards/card';
import { dayName } from '@/lib/calendar/day-names';
import { getDb } from '@/lib/db/client';
import { problem } from '@/lib/http/problem';
import { authorLine } from '@/lib/papers/display';
import { parsePaperAddress } from '@/lib/papers/paper-address';
import { getPaper } from '@/lib/papers/store';
import { cardText } from '@/lib/site/card-text';
import { namedTags } from '@/lib/tags/taxonomy';

export const revalidate = 86_400;

/** Drawn when first asked for, and kept: drawing takes a third of a second. */
export function generateStaticParams() {
  return [];
}

/** The picture that a link to a paper's page is previewed with. */
export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }) {
  const address = parsePaperAddress((await params).id);
  const paper = address && 'id' in address ? await getPaper(getDb(), address.id) : null;
  if (!paper) return problem(404, 'No such paper');
  const filed = paper.publishedAt ?? paper.firstSeenAt;
  return card({
    title: cardText(paper.title, 180),
    line: cardText(authorLine(paper.authors, 4), 70),
    foot: cardText(
      [dayName(filed), ...namedTags(paper.tags.slice(0, 2)).map(({ name }) => name)].join(' · '),
      70,
    ),
  });
}
