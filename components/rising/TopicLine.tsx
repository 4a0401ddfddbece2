import { lastPoint, linePath } from '@/components/ui/line-path';

const [WIDTH, HEIGHT, MARGIN] = [56, 18, 2.5];

/** The share of a topic over twelve weeks; its numbers are said. */
export function TopicLine({
  weeks,
  shares,
}: {
  weeks: readonly number[];
  shares: readonly number[];
}) {
  const box = {
    end: Math.max(...shares, Number.MIN_VALUE),
    width: WIDTH - 2 * MARGIN,
    height: HEIGHT - 2 * MARGIN,
  };
  return (
    <svg
      className="spark"
      viewBox={`${-MARGIN} ${-MARGIN} ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={`Papers a week, twelve weeks: ${weeks.join(', ')}`}
    >
      <path d={linePath(shares, box)} />
      <path className="last" d={lastPoint(shares, box)} />
    </svg>
  );
}
