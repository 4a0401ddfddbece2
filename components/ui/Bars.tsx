/** What bars and lines over time are drawn in; CSS stretches it. */
export const PLOT_WIDTH = 480;
export const PLOT_HEIGHT = 80;

/** Bars over time, as a path in an `svg` of the class `plot`. `end` is the value at the top. */
export function Bars({ values, end }: { values: readonly number[]; end: number }) {
  const step = PLOT_WIDTH / values.length;
  const bars = values.map((value, i) => {
    const height = Math.max(2, Math.round((value / end) * PLOT_HEIGHT));
    const width = Math.round(step * 0.75);
    return value && `M${Math.round(i * step)} ${PLOT_HEIGHT}v-${height}h${width}v${height}z`;
  });
  return <path className="bars" d={bars.filter(Boolean).join('')} />;
}
