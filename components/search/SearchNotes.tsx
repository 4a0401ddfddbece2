import { Notice } from '@/components/ui/Notice';
import { searchPath } from '@/lib/search/query/clause';
import type { SearchPage } from '@/lib/search/search';
import type { Tag } from '@/lib/tags/taxonomy';

interface SearchNotesProps {
  messages: readonly string[];
  correction: SearchPage['correction'];
  /** Tags that the words name, with how many papers have them. */
  tags: readonly { tag: Tag; papers: number }[];
  suggestion: string | null;
  author: string | null;
}

/** What the search has to say, and the searches that may have been meant. */
export function SearchNotes({ messages, correction, suggestion, tags, author }: SearchNotesProps) {
  return (
    <>
      {messages.length > 0 && (
        <div className="my-3">
          <Notice>
            {messages.map((message) => (
              <p key={message}>{message}</p>
            ))}
          </Notice>
        </div>
      )}
      {tags.length > 0 && (
        <p className="seek">
          Looking for the tag?{' '}
          {tags.map(({ tag, papers }, i) => (
            <span key={tag.slug}>
              {i > 0 && ' · '}
              <a className="link" href={`/tags/${tag.slug}`}>
                {tag.name}
              </a>
              , {papers.toLocaleString('en')} {papers === 1 ? 'paper' : 'papers'}
            </span>
          ))}
        </p>
      )}
      {correction && (
        <p className="seek">
          Results for <strong>{correction.shown}</strong>. Search for{' '}
          <a className="link" href={searchPath(correction.typed)}>
            {correction.typed}
          </a>{' '}
          as typed.
        </p>
      )}
      {suggestion && (
        <p className="seek">
          Did you mean{' '}
          <a className="link" href={searchPath(suggestion)}>
            {suggestion}
          </a>
          ?
        </p>
      )}
      {author && (
        <p className="seek">
          Looking for papers by{' '}
          <a className="link" href={searchPath(author)}>
            {author}
          </a>
          ?
        </p>
      )}
    </>
  );
}
