import { Notice } from '@/components/ui/Notice';
import { searchPath } from '@/lib/search/query/clause';
import type { SearchPage } from '@/lib/search/search';
import type { TagName } from '@/lib/tags/taxonomy';

/** What the search has to say, and the searches that may have been meant. */
export function SearchNotes({
  messages,
  correction,
  suggestion,
  tag,
  author,
}: {
  messages: readonly string[];
  correction: SearchPage['correction'];
  tag: TagName | null;
  suggestion: string | null;
  author: string | null;
}) {
  return (
    <>
      {messages.length > 0 && (
        <div className="mt-4 grid gap-1">
          <Notice>
            {messages.map((message) => (
              <p key={message}>{message}</p>
            ))}
          </Notice>
        </div>
      )}
      {tag && (
        <p className="mt-3 text-base">
          All papers with the tag{' '}
          <a className="link font-semibold" href={`/tags/${tag.slug}`}>
            {tag.name}
          </a>
        </p>
      )}
      {correction && (
        <p className="mt-3 text-base">
          Results for <strong>{correction.shown}</strong>. Search for{' '}
          <a className="link" href={searchPath(correction.typed)}>
            {correction.typed}
          </a>{' '}
          as typed.
        </p>
      )}
      {suggestion && (
        <p className="mt-3 text-base">
          Did you mean{' '}
          <a className="link font-semibold" href={searchPath(suggestion)}>
            {suggestion}
          </a>
          ?
        </p>
      )}
      {author && (
        <p className="mt-3 text-base">
          There are papers by{' '}
          <a className="link" href={searchPath(author)}>
            {author}
          </a>
          .
        </p>
      )}
    </>
  );
}
