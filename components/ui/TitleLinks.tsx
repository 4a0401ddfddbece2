/** The heading of a page that is a list, with the ways to get the list by mail and as a feed. */
export function TitleLinks({
  title,
  links,
}: {
  title: string;
  links: { mail: string; feed: string };
}) {
  return (
    <div className="tag-title">
      <h1>{title}</h1>{' '}
      <p className="btns print:hidden">
        <a className="btn" href={links.mail}>
          By mail
        </a>{' '}
        <a className="btn" href={links.feed}>
          Feed
        </a>
      </p>
    </div>
  );
}
