import { Bars, PLOT_HEIGHT, PLOT_WIDTH } from '@/components/ui/Bars';
import { lastPoint, linePath } from '@/components/ui/line-path';
import { Plot } from '@/components/ui/Plot';
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
  const box = { end, width: PLOT_WIDTH, height: PLOT_HEIGHT };
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
      <Plot
        label={monthsInWords(name, months)}
        y={[label(end), ...(shares || end % 2 === 0 ? [label(end / 2)] : []), '0']}
        x={[months[0]!, months[Math.floor(months.length / 2)]!, months.at(-1)!].map(({ month }) =>
          nameOf(month),
        )}
        lines={3}
      >
        {shares ? (
          <>
            <path d={linePath(shares, box)} />
            <path className="end" d={lastPoint(shares, box)} />
          </>
        ) : (
          <Bars values={counts} end={end} />
        )}
      </Plot>
    </figure>
  );
}
