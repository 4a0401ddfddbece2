import type { ReactNode } from 'react';
import { PLOT_HEIGHT, PLOT_WIDTH } from '@/components/ui/Bars';

/** Values over time with both axes; `children` draw them within `PLOT_WIDTH` by `PLOT_HEIGHT`. */
export function Plot({
  label,
  y,
  x,
  lines,
  children,
}: {
  /** What it shows, in words. */
  label: string;
  /** From the top down. */
  y: readonly string[];
  /** From left to right, each once. */
  x: readonly string[];
  /** How many go across, with the one at the top and the one at the bottom. */
  lines: number;
  children: ReactNode;
}) {
  const heights = Array.from({ length: lines }, (_, i) => (PLOT_HEIGHT * i) / (lines - 1));
  return (
    <div className="plot">
      <div className="y" aria-hidden="true">
        {y.map((value) => (
          <span key={value}>{value}</span>
        ))}
      </div>
      <svg
        role="img"
        aria-label={label}
        viewBox={`0 0 ${PLOT_WIDTH} ${PLOT_HEIGHT}`}
        preserveAspectRatio="none"
      >
        {heights.map((height) => (
          <line key={height} x2={PLOT_WIDTH} y1={height} y2={height} />
        ))}
        {children}
      </svg>
      <div className="x" aria-hidden="true">
        {x.map((name) => (
          <span key={name}>{name}</span>
        ))}
      </div>
    </div>
  );
}
