import type { ReactNode } from 'react';

interface ListFrameProps {
  /** What the page lists, how it can be cut. */
  head: ReactNode;
  /** The first papers, or what stands in their place. */
  start: ReactNode;
  /** Whether `start` has papers. */
  hasPapers: boolean;
  /** Beside the list on wide screens, after its start on narrow ones. */
  aside: ReactNode;
  /** The other papers. */
  rest: ReactNode;
  first: string | null;
  next: string | null;
  /** Papers on this page, and so on the next one. */
  size: number;
  /** Beside the links to further pages. */
  note?: ReactNode;
}

/** A page that is a list of papers: head, papers, what stands beside them, further pages. */
export function ListFrame(props: ListFrameProps) {
  const { head, start, hasPapers, aside, rest, first, next, size, note } = props;
  return (
    <>
      <span id="comfortable" />
      <span id="compact" />
      <span id="titles" />
      <a className="skip-link" href="#papers">
        Skip to the papers
      </a>
      {head}
      <div className="feed" id="papers" tabIndex={-1}>
        {hasPapers && <Columns />}
        <div className="list first">{start}</div>
        <div className="aside">{aside}</div>
        <div className="list">
          {rest}
          <p className="more-row">
            {first && (
              <a className="link" href={first} rel="first">
                First page
              </a>
            )}{' '}
            {next && (
              <a className="link" href={next} rel="next">
                Next {size} papers
              </a>
            )}{' '}
            {note}
          </p>
        </div>
      </div>
    </>
  );
}

/** So many papers stand above the side column on narrow screens. */
export const ABOVE = 5;

/** Names of the columns, where rows are so low that they need them. */
function Columns() {
  return (
    <div className="cols" aria-hidden="true">
      <span className="a">
        <span>Votes</span>
        <span>today</span>
        <span>7 days</span>
      </span>
      <span>Paper</span>
      <span className="c">
        <span>Tags</span>
        <span>Field</span>
        <span>Listed</span>
      </span>
    </div>
  );
}
