import { isoDay } from '@/lib/calendar/day-names';
import type { FeedPaper } from '@/lib/feed/query';
import { paperPath } from '@/lib/papers/paper-address';

/** Of an answer: what a model reads is paid for by the word. */
export const MOST_BYTES = 10_000;
const AUTHORS_SHOWN = 3;

export const bytesOf = (text: string) => Buffer.byteLength(text);

/** A paper in a list: what it is, and why it stands there. */
export function paperLines(paper: FeedPaper, siteUrl: string): string {
  const { id, title, authors, arxivId, publishedAt, tags, reason, tldr } = paper;
  const some = authors.slice(0, AUTHORS_SHOWN).join(', ');
  const more = authors.length > AUTHORS_SHOWN ? ` and ${authors.length - AUTHORS_SHOWN} more` : '';
  const facts = [
    `id ${id}`,
    arxivId && `arXiv:${arxivId}`,
    publishedAt && isoDay(publishedAt),
    siteUrl + paperPath(id),
  ];
  return [
    `- ${title}`,
    `  ${some}${more}`,
    `  ${facts.filter(Boolean).join(' · ')}`,
    tags.length > 0 && `  tags: ${tags.join(', ')}`,
    reason && `  why: ${reason}`,
    tldr && `  ${tldr}`,
  ]
    .filter(Boolean)
    .join('\n');
}

/** As many items as fit, and how many do not, with what to do. */
export function listWithin(head: string, items: readonly string[], narrow: string): string {
  const foot = (left: number) => `\n\n${left} more did not fit: ${narrow}`;
  const reserve = bytesOf(foot(items.length));
  let text = head;
  for (const [index, item] of items.entries()) {
    if (bytesOf(text) + bytesOf(item) + 1 + reserve > MOST_BYTES) {
      return text + foot(items.length - index);
    }
    text += `\n${item}`;
  }
  return text;
}

/** The beginning of a text that is longer, cut between characters. */
export function cutTo(text: string, bytes: number): string {
  if (bytesOf(text) <= bytes) return text;
  const cut = Buffer.from(text).subarray(0, bytes - bytesOf('…'));
  // What was cut in the middle of a character is no character.
  return `${cut.toString().replace(/\ufffd+$/, '')}…`;
}
