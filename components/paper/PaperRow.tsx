import type { ReactNode } from 'react';
import { Byline } from '@/components/paper/Byline';
import { RichText } from '@/components/paper/RichText';
import { RowActions } from '@/components/paper/RowActions';
import { RowGutter, type RowSignal } from '@/components/paper/RowGutter';
import { RowTags } from '@/components/paper/RowTags';
import { isoDay, shortDayName } from '@/lib/calendar/day-names';
import { categoryName } from '@/lib/papers/category-names';
import { shorten } from '@/lib/papers/display';
import type { Paper } from '@/lib/papers/paper';
import { paperPath } from '@/lib/papers/paper-address';
import { oneSentence } from '@/lib/papers/summary';
import { plainMaths } from '@/lib/papers/tex/plain-text';
import { namedTags } from '@/lib/tags/taxonomy';

export interface PaperRowProps {
  paper: Paper;
  now: Date;
  /** The day it is filed under; of its publication, where nothing else is known. */
  filedAt?: Date;
  /** Interest, for the gutter. Rows without one have no gutter. */
  signal?: RowSignal;
  comments?: number;
  /** Why it ranks here, to be opened in place. */
  why?: ReactNode;
  /** A line of its own on why it is shown to this reader. */
  because?: ReactNode;
  /** A word on why it stands in this list, after the day. */
  note?: string | null;
  /** Tags of the filter: shown first, and marked. */
  chosen?: readonly string[];
  /** The first paper of the front page. */
  lead?: boolean;
  /** Shown instead of title and authors as they are: with what a search matched marked. */
  title?: ReactNode;
  authors?: ReactNode;
  /** Shown instead of the summary: where a search matched. */
  snippet?: ReactNode;
  /** Level that fits the page around the list. */
  heading?: 'h2' | 'h3';
}

/** So much of a summary fits one line at 1280 px; of the lead's, two. */
const SUMMARY = 105;
const LEAD_SUMMARY = 180;
/** Names of links are told apart by so much of a title. */
const NAME = 60;

/** One paper in a list; stands in an element of the class `papers`. */
export function PaperRow(props: PaperRowProps) {
  const { paper, now, signal, note, chosen, lead = false, title, snippet } = props;
  const { heading: H = 'h2' } = props;
  const filed = props.filedAt ?? paper.publishedAt ?? paper.firstSeenAt;
  const isToday = isoDay(filed) === isoDay(now);
  const plainTitle = plainMaths(paper.title);
  const name = shorten(plainTitle, NAME);
  const category = paper.categories[0];
  return (
    <li
      className="paper"
      data-paper={paper.id}
      id={`paper-${paper.id}`}
      // In minutes: what is newer than the reader's last visit is marked in the browser.
      data-seen={Math.floor(+paper.firstSeenAt / 60_000)}
      data-lead={lead ? '' : undefined}
    >
      {signal && <RowGutter signal={signal} paperId={paper.id} name={name} now={now} />}
      <H>
        <a
          className="paper-title"
          href={paperPath(paper.id)}
          // A formula is silent in the name of a link.
          aria-label={plainTitle === paper.title ? undefined : plainTitle}
        >
          {title ?? <RichText text={paper.title} />}
        </a>
      </H>
      {snippet ?? <Summary paper={paper} lead={lead} />}
      <div className="line">
        {props.authors ?? <Byline authors={paper.authors} />}{' '}
        {category && <Category category={category} spelled={namedTags(paper.tags).length === 0} />}{' '}
        <time className={isToday ? 'now' : undefined} dateTime={isoDay(filed)}>
          {isToday ? 'today' : shortDayName(filed, now)}
        </time>{' '}
        {paper.withdrawnAt && <b className="note">withdrawn</b>}
        {note && <span className="note">{note}</span>} <RowTags tags={paper.tags} chosen={chosen} />
        <RowActions paper={paper} name={name} comments={props.comments} why={props.why} />
      </div>
      {props.because}
    </li>
  );
}

function Summary({ paper, lead }: { paper: Paper; lead: boolean }) {
  const found = oneSentence(paper);
  if (!found && !paper.abstract) return null;
  // Where no sentence says what the paper is about, the abstract's start has to.
  const whole = plainMaths(found?.sentence ?? paper.abstract);
  const text = lead ? shorten(whole, LEAD_SUMMARY) : (found?.row ?? shorten(whole, SUMMARY));
  return <p className="gist">{text}</p>;
}

/** The primary category; by its plain name where no tag says what the paper is about. */
function Category({ category, spelled }: { category: string; spelled: boolean }) {
  const name = spelled ? categoryName(category) : undefined;
  return (
    <a className={name ? 'cat named' : 'cat'} href={`/category/${category}`} rel="nofollow">
      {name ?? category}
    </a>
  );
}
