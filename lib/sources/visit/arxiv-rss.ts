import { checkpoint, isoDay, readPage, type Visitor } from './visitor';

/** The day's announcements of all categories in one page. */
export const visitRss: Visitor = async function* ({ transport, config, now }) {
  const url = `${config.addresses.arxivRss}/${config.categories.join('+')}`;
  const { items, changed, remember } = await readPage({ transport, now }, url, 'arxiv-rss', {
    ifChanged: true,
  });
  yield* items;
  if (changed) yield { ...checkpoint({ seen: isoDay(now) }), stored: remember };
};
