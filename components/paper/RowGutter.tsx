import { MarkButton } from '@/components/paper/MarkButton';
import { isoDay, shortDayName } from '@/lib/calendar/day-names';
import { DAY_MS } from '@/lib/calendar/days';
import { compactCount } from '@/lib/papers/display';

/** What the gutter of a row tells of a paper's interest. */
export interface RowSignal {
  /** With the votes of readers here. */
  upvotes: number | null;
  /** By day, the last one today; null where no readings tell. */
  gains: { days: readonly number[]; from: Date } | null;
  /** In place of upvotes that came today: "7th of 30". */
  listed: string | null;
}

/** Lines of one height, whatever there is to say. */
export function RowGutter({
  signal: { upvotes, gains, listed },
  paperId,
  name,
  now,
}: {
  signal: RowSignal;
  paperId: number;
  /** The start of the paper's title. */
  name: string;
  now: Date;
}) {
  const today = gains?.days.at(-1) ?? 0;
  return (
    <div className="sig">
      <MarkButton mark="vote" paperId={paperId} className="up" aria-label={`Vote for ${name}`}>
        <svg viewBox="0 0 12 10" aria-hidden="true">
          <path d="M6 1 11 9H1z" />
        </svg>
      </MarkButton>
      {upvotes === null ? (
        <b>
          –<span className="sr-only"> no upvotes</span>
        </b>
      ) : (
        <b>
          {compactCount(upvotes)}
          <span className="sr-only"> {upvotes === 1 ? 'upvote' : 'upvotes'}</span>
        </b>
      )}{' '}
      {gains ? <Bars gains={gains} now={now} /> : <span className="spark" />}
      <span className="gain">
        {today > 0 ? (
          <>
            <b>+{compactCount(today)}</b>
            <span> today</span>
          </>
        ) : (
          upvotes === null && listed
        )}
      </span>{' '}
    </div>
  );
}

const STEP = 62 / 6;
const HEIGHT = 16;
/** Days with fewer upvotes than this are low bars: three votes must not look like a storm. */
const FULL = 8;

function Bars({
  gains: { days, from },
  now,
}: {
  gains: NonNullable<RowSignal['gains']>;
  now: Date;
}) {
  const most = Math.max(FULL, ...days);
  const bar = (value: number, i: number) => {
    const height = Math.max(3, Math.round((value / most) * HEIGHT));
    return value === 0 ? '' : `M${+(i * STEP).toFixed(2)} 16v-${height}h6v${height}z`;
  };
  const last = days.length - 1;
  const until = new Date(from.getTime() + last * DAY_MS);
  return (
    <svg
      className="spark"
      viewBox="0 0 68 16"
      preserveAspectRatio="none"
      role="img"
      aria-label={`Upvotes a day, ${shortDayName(from, now)} to ${isoDay(until) === isoDay(now) ? 'today' : shortDayName(until, now)}: ${days.join(', ')}`}
    >
      <path className="zero" d="M0 15h68v1H0z" />
      <path d={days.slice(0, last).map(bar).join('')} />
      <path className="now" d={bar(days[last]!, last)} />
    </svg>
  );
}
