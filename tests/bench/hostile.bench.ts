import { cost, filled, hostileUnits } from '../fixtures/hostile-lines';
import { READINGS } from '../fixtures/hostile-places';
import type { Report } from './figure';

const KB = 1_000;
const MB = 1_000 * KB;
const MIXTURES = 130;
/** What the compiler and the collector add to any run, in milliseconds; quadratic time takes seconds. */
const NOISE = 50;

/** How much longer 1 MB of a hostile line takes than 100 KB, over every reader and every fragment. */
export default async function hostile(report: Report): Promise<void> {
  const worst = { ratio: 0, ratioOf: '', milliseconds: 0, slowest: '' };
  let lines = 0;
  for (const [name, read] of READINGS) {
    for (const unit of hostileUnits(MIXTURES)) {
      const least = async (bytes: number) => {
        const text = filled(unit, bytes);
        return Math.min(await cost(() => read(text)), await cost(() => read(text)));
      };
      const small = await least(100 * KB);
      const large = await least(MB);
      const ratio = large < NOISE ? 0 : large / Math.max(small, NOISE / 10);
      const of = `${name} of ${JSON.stringify(unit)}`;
      if (ratio > worst.ratio) Object.assign(worst, { ratio, ratioOf: of });
      if (large > worst.milliseconds) Object.assign(worst, { milliseconds: large, slowest: of });
      lines++;
    }
  }
  report({
    figure: '1 MB of a hostile line against 100 KB, the worst',
    value: Math.round(10 * worst.ratio) / 10,
    unit: 'times',
    reference: `${lines} lines, each in one place of one reader; ${worst.ratioOf}`,
    goal: '<= 12',
    ok: worst.ratio <= 12,
  });
  report({
    figure: '1 MB of a hostile line, the slowest',
    value: Math.round(worst.milliseconds),
    unit: 'ms of the processor',
    reference: worst.slowest,
    goal: '<= 5000',
    ok: worst.milliseconds <= 5_000,
  });
}
