import { lastPoint, linePath } from '@/components/ui/line-path';

const [WIDTH, HEIGHT, MARGIN] = [56, 18, 2.5];

/** The course of a share, small enough for a line of text; its numbers are said. */
export function SparkLine({
  shares,
  label,
}: {
  /** Null where there is none. */
  shares: readonly (number | null)[];
  label: string;
}) {
  const box = {
    end: Math.max(...shares.map((share) => share ?? 0), Number.MIN_VALUE),
    width: WIDTH - 2 * MARGIN,
    height: HEIGHT - 2 * MARGIN,
  };
  return (
    <svg
      className="spark"
      viewBox={`${-MARGIN} ${-MARGIN} ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={label}
    >
      <path d={linePath(shares, box)} />
      <path className="last" d={lastPoint(shares, box)} />
    </svg>
  );
}
