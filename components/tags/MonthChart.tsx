import { lastPoint, linePath } from '@/components/ui/line-path';
import {
  axisEnd,
  haveShares,
  latestShare,
  type MonthCount,
  monthsInWords,
  nameOf,
  percent,
  sharesOf,
} from '@/lib/tags/months';

const WIDTH = 480;
const HEIGHT = 80;

interface MonthChartProps {
  name: string;
  months: readonly MonthCount[];
  now: Date;
}

/**
 * A tag by month of publication: its share of all papers as a line, or, in a catalogue too small for
 * shares, its papers as bars.
 */
export function MonthChart({ name, months, now }: MonthChartProps) {
  if (months.every(({ papers }) => papers === 0)) return null;
  const shares = haveShares(months) ? sharesOf(months) : null;
  const counts = months.map(({ papers }) => papers);
  const end = axisEnd(Math.max(...(shares ?? counts).map((value) => value ?? 0)));
  const box = { end, width: WIDTH, height: HEIGHT };
  const label = (value: number) => (shares ? percent(value) : value.toLocaleString('en'));
  const latest = shares && latestShare(months, now);
  return (
    <figure>
      <figcaption>
        {latest ? (
          <>
            <b>{latest.of}</b>
            {latest.how}. By month of publication
          </>
        ) : (
          'Papers by month of publication'
        )}
      </figcaption>
      <div className="plot">
        <div className="y" aria-hidden="true">
          <span>{label(end)}</span>
          {(shares || end % 2 === 0) && <span>{label(end / 2)}</span>}
          <span>0</span>
        </div>
        <svg
          role="img"
          aria-label={monthsInWords(name, months)}
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
        >
          {[0, HEIGHT / 2, HEIGHT].map((y) => (
            <line key={y} x2={WIDTH} y1={y} y2={y} />
          ))}
          {shares ? (
            <>
              <path d={linePath(shares, box)} />
              <path className="end" d={lastPoint(shares, box)} />
            </>
          ) : (
            <Bars values={counts} end={end} />
          )}
        </svg>
        <Months months={months} />
      </div>
    </figure>
  );
}

function Months({ months }: { months: readonly MonthCount[] }) {
  const shown = [months[0]!, months[Math.floor(months.length / 2)]!, months.at(-1)!];
  return (
    <div className="x" aria-hidden="true">
      {shown.map(({ month }) => (
        <span key={month}>{nameOf(month)}</span>
      ))}
    </div>
  );
}

function Bars({ values, end }: { values: readonly number[]; end: number }) {
  const step = WIDTH / values.length;
  const bars = values.map((value, i) => {
    const height = Math.max(2, Math.round((value / end) * HEIGHT));
    const width = Math.round(step * 0.75);
    return value && `M${Math.round(i * step)} ${HEIGHT}v-${height}h${width}v${height}z`;
  });
  return <path className="bars" d={bars.filter(Boolean).join('')} />;
}
