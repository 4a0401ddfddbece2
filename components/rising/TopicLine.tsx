const [WIDTH, HEIGHT, MARGIN] = [56, 18, 2.5];

/** The share of a topic over twelve weeks; its numbers are said. */
export function TopicLine({
  weeks,
  shares,
}: {
  weeks: readonly number[];
  shares: readonly number[];
}) {
  const most = Math.max(...shares, Number.MIN_VALUE);
  const points = shares.map((share, i) => {
    const x = MARGIN + (i * (WIDTH - 2 * MARGIN)) / Math.max(shares.length - 1, 1);
    const y = HEIGHT - MARGIN - (share / most) * (HEIGHT - 2 * MARGIN);
    return [x.toFixed(1), y.toFixed(1)] as const;
  });
  const [x, y] = points.at(-1) ?? ['0', '0'];
  return (
    <svg
      className="spark"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={`Papers a week, twelve weeks: ${weeks.join(', ')}`}
    >
      <path d={`M${points.map((point) => point.join(' ')).join(' ')}`} />
      <circle cx={x} cy={y} r="2" />
    </svg>
  );
}
