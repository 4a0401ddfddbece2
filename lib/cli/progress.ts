/**
 * A line of progress: `12,000 of 98,000 papers (12 %), 840/s, 0:14, about 1:42 to go`. `startedAt` in
 * milliseconds; without a total, no percentage and no estimate.
 */
export function progressLine(
  {
    done,
    total,
    unit,
    startedAt,
  }: { done: number; total?: number; unit: string; startedAt: number },
  now: number,
): string {
  const seconds = Math.max((now - startedAt) / 1000, 0.001);
  const rate = done / seconds;
  const count = (n: number) => Math.round(n).toLocaleString('en');
  const known = total !== undefined && total >= done && total > 0;
  const parts = [
    known
      ? `${count(done)} of ${count(total)} ${unit} (${Math.floor((done / total) * 100)} %)`
      : `${count(done)} ${unit}`,
    `${count(rate)}/s`,
    clock(seconds),
  ];
  if (known && rate > 0) parts.push(`about ${clock((total - done) / rate)} to go`);
  return parts.join(', ');
}

function clock(seconds: number): string {
  const whole = Math.round(seconds);
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (n: number) => String(n).padStart(2, '0');
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}
