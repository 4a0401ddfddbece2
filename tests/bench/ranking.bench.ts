import { type Estimate, estimate, outcome, type Ranker, type ReplaySet } from '@/lib/feed/outcome';
import { type Judgement, judge, rawCounts } from '@/lib/feed/replay';
import { scoreOf } from '@/lib/feed/score';
import { RANKING, type RankingNumbers } from '@/lib/feed/weights';
import { readWithHour, readWithoutHour, setsOf } from './daily-recordings';
import type { Report } from './figure';

/**
 * From the early counts of each day, how well does the order by our score foresee the settled ones?
 * On two recordings of the same listing: one with the hour of each paper's listing, one without.
 */
export default async function ranking(report: Report): Promise<void> {
  for (const [name, read] of [
    ['with the hour', readWithHour],
    ['without the hour', readWithoutHour],
  ] as const) {
    const papers = read();
    if (papers.length === 0) continue;
    const { days, weeks } = setsOf(papers);
    const { day, week } = judge(days, weeks);
    if (day) tell(`nDCG@10 within a day, ${name}`, 'days', day, ['raw upvotes']);
    if (week) tell(`nDCG@10 within a week, ${name}`, 'weeks', week, ['log₂ (8 + upvotes)']);
    if (name !== 'with the hour') continue;
    const held = heldOut(days);
    report({
      figure: 'gain over raw upvotes on days left out, the numbers chosen on the others',
      value: round(held.gain.mean),
      unit: 'nDCG',
      reference: `${signed(held.gain)}; chosen most: ${held.chosen}`,
      goal: '>= 0',
      ok: held.gain.mean >= 0,
    });
  }

  /** The goal is to be no worse than the named references. */
  function tell(figure: string, unit: string, judgement: Judgement, goals: string[]) {
    const { sets, papers, ndcg, age, references } = judgement;
    report({
      figure,
      value: round(ndcg),
      unit: 'nDCG',
      reference: `${sets} ${unit}, ${papers} papers, mean age of the first ten ${age.toFixed(2)} days`,
      goal: '',
      ok: true,
    });
    for (const other of references) {
      const isGoal = goals.some((goal) => other.name.startsWith(goal));
      report({
        figure: `${figure}, above ${other.name}`,
        value: round(other.difference.mean),
        unit: 'nDCG',
        reference: `${other.ndcg.toFixed(4)} at mean age ${other.age.toFixed(2)}; difference ${signed(other.difference)}`,
        goal: isGoal ? '>= 0' : '',
        ok: !isGoal || other.difference.mean >= 0,
      });
    }
  }
}

const round = (value: number) => Number(value.toFixed(4));
const signed = ({ mean, se }: Estimate) =>
  `${mean >= 0 ? '+' : ''}${mean.toFixed(4)} (se ${se?.toFixed(4) ?? 'unknown'})`;

/** What votes over exposure gain on each day if its numbers are chosen on all other days. */
function heldOut(days: readonly ReplaySet[]): { gain: Estimate; chosen: string } {
  const forms: RankingNumbers[] = [0, 1, 2, 4, 8].flatMap((priorVotes) =>
    [24, 32, 48, 96].map((dayHours) => ({ ...RANKING, priorVotes, dayHours })),
  );
  const ndcg = (ranker: Ranker) => days.map((day) => outcome(day, ranker).ndcg);
  const raw = ndcg(rawCounts);
  const gains = forms.map((numbers) =>
    ndcg((standing) => scoreOf(standing, numbers)).map((value, day) => value - raw[day]!),
  );
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const picks = days.map((_, left) => {
    const others = gains.map((perDay) => sum(perDay) - perDay[left]!);
    return others.indexOf(Math.max(...others));
  });
  const names = picks.map((pick) => `${forms[pick]!.priorVotes} and ${forms[pick]!.dayHours} h`);
  const times = (name: string) => names.filter((each) => each === name).length;
  const [most] = [...new Set(names)].sort((a, b) => times(b) - times(a));
  const gain = estimate(picks.map((pick, day) => gains[pick]![day]!));
  return { gain, chosen: `${most} (${times(most!)} of ${days.length} days)` };
}
