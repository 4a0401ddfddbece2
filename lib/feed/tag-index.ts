import { type Feed, feedPath, parseFeedPath } from './filters';

/** The tag index for a feed: what each tag would leave of it, to add or to leave out. */
export function tagIndexPath(feed: Feed): string {
  const path = feedPath(feed);
  return `/tags?of=${encodeURIComponent(path).replaceAll('%2F', '/').replaceAll('%2B', '+')}`;
}

/** The feed that an index is of; null where the parameter is no canonical address of one. */
export function readTagIndex(of: string): Feed | null {
  // A plus stands for a space in a query string.
  const path = of.replaceAll(' ', '+');
  const address = parseFeedPath(path.split('/').filter(Boolean));
  return address && address.canonical === path && !address.after ? address.feed : null;
}
