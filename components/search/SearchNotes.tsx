import { Notice } from '@/components/ui/Notice';
import { searchPath } from '@/lib/search/query/clause';

/** What the search has to say, and the searches that may have been meant. */
export function SearchNotes({
  messages,
  suggestion,
  author,
}: {
  messages: readonly string[];
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
