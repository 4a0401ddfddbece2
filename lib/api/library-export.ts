import { type Cited, cited } from '@/lib/citations/cited';
import { CITATION_FORMATS, citationFile } from '@/lib/citations/formats';
import type { ModelDb } from '@/lib/db/sql';
import { feedPapers } from '@/lib/feed/query';
import { paperPath } from '@/lib/papers/paper-address';
import type { Actor } from '@/lib/readers/actor';
import { type LibraryFilter, savedPapers } from '@/lib/readers/library-store';
import { oneLine } from '@/lib/runtime/one-line';
import { apiSaved, type LibraryFormat } from './library';
import { apiPaper } from './papers';

/** A library as a file. */

export function mediaTypeOf(format: LibraryFormat): string {
  if (format === 'jsonl') return 'application/jsonl';
  if (format === 'md') return 'text/markdown';
  return CITATION_FORMATS.find(({ extension }) => extension === format)!.mediaType;
}

/** Writes an actor's papers in any format; they are read once. */
export async function libraryFiles(
  db: ModelDb,
  actor: Actor,
  filter: LibraryFilter,
  { now, siteUrl }: { now: Date; siteUrl: string },
): Promise<(format: LibraryFormat) => string> {
  const saved = await savedPapers(db, actor, filter);
  const papers = await feedPapers(
    db,
    saved.map(({ paperId }) => paperId),
    now,
  );
  const kept = new Map(saved.map((row) => [row.paperId, row]));
  const cites = papers.map((paper): Cited => cited(paper, siteUrl + paperPath(paper.id)));
  return (format) => {
    if (format === 'jsonl') {
      const line = (paper: (typeof papers)[number]) =>
        JSON.stringify({ ...apiPaper(paper, siteUrl), saved: apiSaved(kept.get(paper.id)!) });
      return papers.map((paper) => `${line(paper)}\n`).join('');
    }
    if (format === 'md') {
      const items = papers.map((paper, index) => {
        const { note, state, labels } = kept.get(paper.id)!;
        const facts = [state, ...labels].map(escapeMarkdown).join(', ');
        const title = `[${escapeMarkdown(oneLine(paper.title))}](${cites[index]!.url})`;
        const authors = escapeMarkdown(paper.authors.map(oneLine).join(', '));
        const quoted = note === '' ? '' : note.replace(/^/gm, '  > ').concat('\n');
        return `- ${title}. ${authors} (${facts})\n${quoted}`;
      });
      return `# Library\n\n${items.join('')}`;
    }
    return citationFile(format, cites);
  };
}

/** A link's text must not end the link, and a name must not begin a heading or a list. */
const escapeMarkdown = (text: string) => text.replace(/[\\`*_[\]<>#|~]/g, '\\$&');
