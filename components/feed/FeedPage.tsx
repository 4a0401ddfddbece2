import type { ReactNode } from 'react';
import { FeedRow } from '@/components/feed/FeedRow';
import { ABOVE, ListFrame } from '@/components/feed/ListFrame';
import { PaperList } from '@/components/paper/PaperList';
import { type Feed, feedPath } from '@/lib/feed/filters';
import { WINDOW_NAMES, WINDOW_SPANS } from '@/lib/feed/labels';
import type { Earlier, FeedPaper } from '@/lib/feed/query';

interface FeedPageProps {
  feed: Feed;
  /** What the page lists, read to those who do not see it. */
  label: string;
  papers: readonly FeedPaper[];
  earlier: Earlier | null;
  /** Of the papers, those that stand first because they are pinned. */
  pinned: ReadonlySet<number>;
  /** In place of the list, where it has no papers. */
  empty: ReactNode;
  /** The first paper stands out. */
  lead: boolean;
  /** Dateline, tag, filter bar. */
  head: ReactNode;
  /** Beside the list on wide screens, after the fifth paper on narrow ones. */
  aside: ReactNode;
  first: string | null;
  next: string | null;
  now: Date;
}

/** A page of papers: what it is and how else it can be cut, the papers, what stands beside them. */
export function FeedPage(props: FeedPageProps) {
  const { feed, label, papers, earlier, pinned, empty, lead, head, aside, first, next, now } =
    props;
  const chosen = feed.tags;
  const row = (paper: FeedPaper, i: number) => (
    <FeedRow
      key={paper.id}
      paper={paper}
      now={now}
      chosen={chosen}
      lead={lead && i === 0}
      note={pinned.has(paper.id) ? 'Pinned' : null}
    />
  );
  return (
    <ListFrame
      head={head}
      hasPapers={papers.length > 0}
      start={
        papers.length === 0 ? (
          empty
        ) : (
          <PaperList label={label}>{papers.slice(0, ABOVE).map(row)}</PaperList>
        )
      }
      aside={aside}
      rest={
        <>
          {papers.length > ABOVE && (
            <PaperList label={`${label}, continued`} start={ABOVE + 1}>
              {papers.slice(ABOVE).map((paper, i) => row(paper, i + ABOVE))}
            </PaperList>
          )}
          {earlier && (
            <EarlierPapers earlier={earlier} asked={feed} count={papers.length} now={now} />
          )}
        </>
      }
      first={first}
      next={next}
      size={papers.length}
      note={
        <a className="quiet-link" href="/about/ranking">
          How papers are ranked
        </a>
      }
    />
  );
}

function EarlierPapers({
  earlier,
  asked,
  count,
  now,
}: {
  earlier: Earlier;
  asked: Feed;
  count: number;
  now: Date;
}) {
  const few = `${count === 0 ? 'No papers' : 'Fewer than ten papers'} from ${WINDOW_SPANS[asked.window]}`;
  return (
    <section aria-labelledby="earlier">
      <div className="divide">
        <h2 id="earlier">Earlier</h2>
        <p>
          {`${few}, so here are those of ${WINDOW_SPANS[earlier.feed.window]} that drew the most interest. `}
          <a className="link" href={feedPath(earlier.feed)}>
            {WINDOW_NAMES[earlier.feed.window]}
          </a>
        </p>
      </div>
      <PaperList label="Earlier">
        {earlier.papers.map((paper) => (
          <FeedRow key={paper.id} paper={paper} now={now} chosen={asked.tags} heading="h3" />
        ))}
      </PaperList>
    </section>
  );
}
