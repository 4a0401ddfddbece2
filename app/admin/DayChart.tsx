import { Bars, PLOT_HEIGHT, PLOT_WIDTH } from '@/components/ui/Bars';
import { shortDayName } from '@/lib/calendar/day-names';
import { axisEnd } from '@/lib/tags/months';

interface DayCount {
  /** `2026-11-23`. */
  day: string;
  count: number;
}

/** A count by day as bars, with what they come to in words. */
export function DayChart({
  title,
  days,
  now,
}: {
  title: string;
  days: readonly DayCount[];
  now: Date;
}) {
  const nameOf = (day: string) => shortDayName(new Date(`${day}T00:00:00Z`), now);
  const total = days.reduce((sum, { count }) => sum + count, 0);
  const most = days.reduce((best, each) => (each.count > best.count ? each : best));
  const figure = (count: number) => count.toLocaleString('en');
  const words =
    total === 0
      ? `none in ${days.length} days`
      : `${figure(total)} in ${days.length} days, most on ${nameOf(most.day)} (${figure(most.count)}), today ${figure(days.at(-1)!.count)}`;
  const end = axisEnd(most.count);
  return (
    <figure>
      <figcaption className="mb-2">
        <b className="font-semibold">{title}</b>: {words}
      </figcaption>
      {total > 0 && (
        <div className="plot">
          <div className="y" aria-hidden="true">
            <span>{figure(end)}</span>
            <span>0</span>
          </div>
          <svg
            role="img"
            aria-label={`${title} by day: ${words}`}
            viewBox={`0 0 ${PLOT_WIDTH} ${PLOT_HEIGHT}`}
            preserveAspectRatio="none"
          >
            {[0, PLOT_HEIGHT].map((y) => (
              <line key={y} x2={PLOT_WIDTH} y1={y} y2={y} />
            ))}
            <Bars values={days.map(({ count }) => count)} end={end} />
          </svg>
          <div className="x" aria-hidden="true">
            <span>{nameOf(days[0]!.day)}</span>
            <span>{nameOf(days.at(-1)!.day)}</span>
          </div>
        </div>
      )}
    </figure>
  );
}
