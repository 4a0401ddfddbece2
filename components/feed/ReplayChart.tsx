import type { Judgement } from '@/lib/feed/replay';
import { quality } from '@/lib/feed/replay-labels';

const ROW = 26;
const NAMES = 176;
const PLOT = 150;
const WIDTH = NAMES + PLOT + 54;
const STEP = 0.05;

interface Dot {
  name: string;
  ndcg: number;
  /** Standard error of our difference to it. */
  se: number;
  own: boolean;
}

/** Orders on a scale of how well they foresaw later upvotes: ours first. Its words stand beside it. */
export function ReplayChart({ title, judgement }: { title: string; judgement: Judgement }) {
  const dots: Dot[] = [
    { name: 'this ranking', ndcg: judgement.ndcg, se: 0, own: true },
    ...judgement.references.map(({ name, ndcg, difference }) => ({
      name,
      ndcg,
      se: difference.se ?? 0,
      own: false,
    })),
  ];
  const low = Math.max(0, Math.floor(Math.min(...dots.map((d) => d.ndcg - d.se)) / STEP) * STEP);
  const high = Math.ceil(Math.max(...dots.map((d) => d.ndcg + d.se)) / STEP) * STEP;
  const x = (ndcg: number) => NAMES + ((ndcg - low) / (high - low)) * PLOT;
  const axis = dots.length * ROW + 4;
  const ticks = Array.from(
    { length: Math.round((high - low) / STEP) + 1 },
    (_, i) => low + i * STEP,
  );
  return (
    <svg
      role="img"
      aria-label={`${title}: ${dots.map(({ name, ndcg }) => `${name} ${quality(ndcg)}`).join(', ')}`}
      viewBox={`0 0 ${WIDTH} ${axis + 20}`}
      width={WIDTH}
      className="block h-auto max-w-full text-muted"
      fontSize="12"
      fill="currentColor"
    >
      {ticks.map((tick) => (
        <g key={tick}>
          <line x1={x(tick)} x2={x(tick)} y1="0" y2={axis} className="stroke-rule" />
          <text x={x(tick)} y={axis + 15} textAnchor="middle" fontSize="11">
            {tick.toFixed(2)}
          </text>
        </g>
      ))}
      {dots.map(({ name, ndcg, se, own }, i) => {
        const y = i * ROW + ROW / 2;
        return (
          <g key={name} className={own ? 'text-accent' : undefined} stroke="none">
            <text x="0" y={y + 4}>
              {name}
            </text>
            <line x1={x(ndcg - se)} x2={x(ndcg + se)} y1={y} y2={y} stroke="currentColor" />
            <circle cx={x(ndcg)} cy={y} r={own ? 6 : 4.5} />
            <text x={WIDTH} y={y + 4} textAnchor="end" className="tabular-nums">
              {quality(ndcg)}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
