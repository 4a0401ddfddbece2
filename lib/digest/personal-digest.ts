import type { DigestItem, PersonalDigest } from '@/lib/mail/wire/digest-body';
import type { Paper } from '@/lib/papers/paper';
import type { ContentItem, DigestContent } from './select';

/** Leaves out papers that are not to be shown; null when no paper is left. */
export function keepOnly(
  content: DigestContent,
  shown: (paperId: number) => boolean,
): DigestContent | null {
  const keep = (items: ContentItem[]) => items.filter(({ paperId }) => shown(paperId));
  const sections = content.sections
    .map((section) => ({ ...section, items: keep(section.items) }))
    .filter(({ items }) => items.length > 0);
  return sections.length === 0 ? null : { ...content, sections, revised: keep(content.revised) };
}

export function paperIdsOf(content: DigestContent): number[] {
  return content.sections.flatMap(({ items }) => items.map(({ paperId }) => paperId));
}

/** What is the reader's own in a digest: words and links around the papers. */
export function personalDigest(
  content: DigestContent,
  papers: ReadonlyMap<number, Paper>,
  { email, links }: Pick<PersonalDigest, 'email' | 'links'>,
): PersonalDigest {
  const count = paperIdsOf(content).length;
  const item = ({ paperId, why }: ContentItem, form: DigestItem['form']): DigestItem => ({
    paperId,
    form,
    why,
  });
  const sections = content.sections.map(({ kind, heading, items }) => ({
    heading: kind === 'search' ? `Search: ${heading}` : heading,
    items: items.map((each) => item(each, 'full')),
  }));
  if (content.revised.length > 0) {
    sections.push({
      heading: 'Revised and withdrawn',
      items: content.revised.map((each) => item(each, 'brief')),
    });
  }
  const numberOf = count === 1 ? 'One paper' : `${count} papers`;
  return {
    subject: `${content.issue}: ${count === 1 ? 'one trending paper' : `${count} trending papers`}`,
    preheader: paperIdsOf(content)
      .slice(0, 3)
      .map((id) => papers.get(id)!.title)
      .join(' · '),
    intro: `${numberOf} that you have not had from us before.`,
    sections,
    links,
    email,
  };
}
