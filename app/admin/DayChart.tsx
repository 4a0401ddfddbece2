import { Bars } from '@/components/ui/Bars';
import { Plot } from '@/components/ui/Plot';
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
        <Plot
          label={`${title} by day: ${words}`}
          y={[figure(end), '0']}
          x={[days[0]!, days.at(-1)!].map(({ day }) => nameOf(day))}
          lines={2}
        >
          <Bars values={days.map(({ count }) => count)} end={end} />
        </Plot>
      )}
    </figure>
  );
}
