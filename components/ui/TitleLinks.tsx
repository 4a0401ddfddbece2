import type { ReactNode } from 'react';

/** The heading of a page that is a list, with the ways to follow it (`children`) and to get it as a feed. */
export function TitleLinks({
  title,
  feed,
  children,
}: {
  title: string;
  feed: string;
  children: ReactNode;
}) {
  return (
    <div className="tag-title">
      <h1>{title}</h1>{' '}
      <p className="btns print:hidden">
        {children}{' '}
        <a className="btn" href={feed}>
          Feed
        </a>
      </p>
    </div>
  );
}
