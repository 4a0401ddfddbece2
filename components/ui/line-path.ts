/** Values in a box: what its top stands for, and its measures. */
interface Box {
  end: number;
  width: number;
  height: number;
}

/** Values from left to right as the path of a line, for `d`; null leaves a gap. */
export function linePath(values: readonly (number | null)[], box: Box): string {
  return values
    .map((value, i) => {
      if (value === null) return '';
      return `${values[i - 1] == null ? 'M' : ' '}${pointOf(value, i, values.length, box)}`;
    })
    .join('');
}

/** The place of the last value, as a path of no length: a dot where its ends are round. */
export function lastPoint(values: readonly (number | null)[], box: Box): string {
  const i = values.findLastIndex((value) => value !== null);
  return `M${pointOf(values[i]!, i, values.length, box)}h.01`;
}

function pointOf(value: number, i: number, count: number, { end, width, height }: Box): string {
  return `${round((i * width) / (count - 1))} ${round(height - (value / end) * height)}`;
}

const round = (value: number) => Math.round(value * 10) / 10;
