import { monthName } from '@/lib/calendar/day-names';
import { type MonthCount, monthsInWords } from '@/lib/tags/months';

const BAR = 7;
const GAP = 2;
const HEIGHT = 40;

/** Papers a month as bars; said in words to those who do not see them. */
export function MonthChart({ name, months }: { name: string; months: readonly MonthCount[] }) {
  const most = Math.max(1, ...months.map(({ papers }) => papers));
  const width = months.length * (BAR + GAP) - GAP;
  return (
    <figure className="m-0">
      <svg
        role="img"
        aria-label={monthsInWords(name, months)}
        viewBox={`0 0 ${width} ${HEIGHT}`}
        width={width}
        height={HEIGHT}
        className="block text-muted"
      >
        {months.map(({ month, papers }, index) => {
          const height = papers === 0 ? 1 : Math.max(2, Math.round((papers / most) * HEIGHT));
          return (
            <rect
              key={month}
              x={index * (BAR + GAP)}
              y={HEIGHT - height}
              width={BAR}
              height={height}
              fill="currentColor"
            />
          );
        })}
      </svg>
      <figcaption className="mt-1 text-xs text-muted">
        Papers a month, {monthName(new Date(months[0]!.month))} to{' '}
        {monthName(new Date(months[months.length - 1]!.month))}
      </figcaption>
    </figure>
  );
}
