import { hasCorpus, scoreCorpus } from '../fixtures/bounce-corpus';
import type { Report } from './figure';

/** How well bounces are read, on real ones that a person read beforehand. */
export default async function bounces(report: Report): Promise<void> {
  if (!hasCorpus()) {
    console.error('../shared/data/bounces is not here: nothing to measure bounces with.');
    return;
  }
  const { bounces, found, right, accepted, wrong } = await scoreCorpus();
  const reference = `a person's reading of ${bounces} bounces`;
  const share = (figure: string, value: number, goal: number) =>
    report({
      figure,
      value: Math.round((1000 * value) / bounces) / 1000,
      unit: 'share',
      reference,
      goal: `>= ${goal}`,
      ok: value / bounces >= goal,
    });
  share('failed address found', found, 0.97);
  share('hard against soft right', right, 0.97);
  report({
    figure: 'other mails taken for bounces',
    value: accepted.length,
    unit: 'mails',
    reference: `a person's reading; not agreed: ${[...accepted, ...wrong].join(', ') || 'none'}`,
    goal: '<= 0',
    ok: accepted.length === 0,
  });
}
