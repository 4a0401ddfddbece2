import { type Feed, feedPath } from '@/lib/feed/filters';
import {
  type DateRange,
  neighbours,
  type Period,
  type PeriodUnit,
  periodName,
  periodOf,
  periodRange,
} from '@/lib/feed/periods';

const WIDER: Record<PeriodUnit, PeriodUnit[]> = {
  day: ['week', 'month'],
  week: ['month'],
  month: [],
};

/** From a calendar period to those before and after it, and to the longer ones around it. */
export function PeriodLinks({
  feed,
  period,
  span,
}: {
  feed: Feed;
  period: Period;
  /** Of the catalogue: no link leads out of it. */
  span: DateRange;
}) {
  const { previous, next } = neighbours(period, span);
  const { from } = periodRange(period);
  const link = (to: Period, text: string) => (
    <span key={to.value}>
      <a className="link target" href={feedPath({ ...feed, period: to })}>
        {text}
      </a>{' '}
    </span>
  );
  return (
    <nav aria-label="Dates" className="flex flex-wrap gap-x-6 pb-1 print:hidden">
      {previous && link(previous, `← ${periodName(previous)}`)}
      {next && link(next, `${periodName(next)} →`)}
      {WIDER[period.unit].map((unit) => {
        const wider = periodOf(unit, from);
        return link(wider, periodName(wider));
      })}
    </nav>
  );
}
