import type { DigestItem, PersonalDigest } from '@/lib/mail/wire/digest-body';
import { compactCount } from '@/lib/papers/display';
import type { Paper } from '@/lib/papers/paper';
import { searchHeading } from '@/lib/subscribers/choice-words';
import type { DigestSubject } from '@/lib/subscribers/preferences';
import type { ContentItem, ContentSection, DigestContent } from './select';
import { preheaderOf, subjectOf, wordsOf } from './words';

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

/** Each paper with its upvotes as they stand, but where it was frozen with others. */
export function withUpvotes(
  content: DigestContent,
  upvotes: ReadonlyMap<number, number>,
): DigestContent {
  const add = (item: ContentItem): ContentItem => ({
    ...item,
    upvotes: item.upvotes ?? upvotes.get(item.paperId),
  });
  return {
    ...content,
    sections: content.sections.map((section) => ({ ...section, items: section.items.map(add) })),
  };
}

export function paperIdsOf(content: DigestContent): number[] {
  return content.sections.flatMap(({ items }) => items.map(({ paperId }) => paperId));
}

interface Personal extends Pick<PersonalDigest, 'email' | 'links'> {
  subject: DigestSubject;
}

/** What is the reader's own in a digest: words and links around the papers. */
export function personalDigest(
  content: DigestContent,
  papers: ReadonlyMap<number, Paper>,
  { email, links, subject }: Personal,
): PersonalDigest {
  const words = wordsOf(content);
  const titles = paperIdsOf(content).map((id) => papers.get(id)!.title);
  const dated = `${content.issue}: ${titles.length === 1 ? 'one paper' : `${titles.length} papers`}`;
  return {
    subject: subject === 'date' ? dated : subjectOf(titles, words.about, dated),
    preheader: preheaderOf(titles, words.summary),
    heading: words.heading,
    summary: words.summary,
    because: words.because,
    sections: sectionsOf(content),
    rising: content.rising ?? [],
    links,
    email,
  };
}

/** So many papers come with two sentences. */
const FULL = 3;

function sectionsOf(content: DigestContent): PersonalDigest['sections'] {
  const isFirst = new Set(paperIdsOf(content).slice(0, FULL));
  const forYou = content.sections.find(({ kind }) => kind === 'for-you');
  const formOf = (items: ContentItem[], { paperId }: ContentItem): DigestItem['form'] => {
    if (items === content.revised) return 'brief';
    if (items === forYou?.items) return 'reasoned';
    return isFirst.has(paperId) ? 'full' : 'short';
  };
  return headedParts(content).map(({ heading, items }) => ({
    heading,
    items: items.map((each) => digestItem(each, formOf(items, each))),
  }));
}

/** All papers of a digest in their order under the headings of the mail, and of its page on the web. */
export function headedParts({
  sections,
  revised,
}: DigestContent): { heading: string; items: ContentItem[] }[] {
  const [only, ...others] = sections.filter(({ kind }) => kind !== 'for-you');
  const forYou = sections.filter(({ kind }) => kind === 'for-you');
  return [
    ...(only && others.length === 0
      ? firstAndOthers(only)
      : [only ?? [], others].flat().map(named)),
    ...forYou.map(named),
    ...(revised.length > 0 ? [{ heading: 'Changed since we sent them', items: revised }] : []),
  ];
}

function firstAndOthers(section: ContentSection) {
  const { items } = section;
  if (items.length <= FULL) return [named(section)];
  const others = items.length - FULL;
  return [
    { heading: 'The first three', items: items.slice(0, FULL) },
    { heading: others === 1 ? 'And one more' : `And ${others} more`, items: items.slice(FULL) },
  ];
}

const named = ({ kind, heading, items }: ContentSection) => ({
  heading: kind === 'search' ? searchHeading(heading) : heading,
  items,
});

const digestItem = (
  { paperId, why, upvotes }: ContentItem,
  form: DigestItem['form'],
): DigestItem => ({
  paperId,
  form,
  why,
  signal: upvotes ? `\u25b2\u00a0${compactCount(upvotes)}` : '',
});
