import { Table } from '@/components/ui/Table';
import { longDayName } from '@/lib/calendar/day-names';
import type { Judgement, Replay } from '@/lib/feed/replay';
import { days, differenceInWords, quality } from '@/lib/feed/replay-labels';
import { ReplayChart } from './ReplayChart';

/** How well the ranking foresaw later upvotes, beside other orders: charts, and the figures in words. */
export function ReplaySection({ replay, intro }: { replay: Replay; intro: string }) {
  const { from, to, day, week } = replay;
  return (
    <>
      <p>
        {intro} It took the papers of {longDayName(new Date(from))} to {longDayName(new Date(to))}{' '}
        in the order that the counts at the time gave, and compared it with the counts they reached
        later (nDCG of the first ten: 1 is the best order possible). Lines are standard errors of
        the difference from this ranking.
      </p>
      {day && (
        <Figures title="Within a day" judgement={day} sets="days">
          All papers of a day are the same age, so the raw count is what there is to beat.
        </Figures>
      )}
      {week && (
        <Figures title="Within a week" judgement={week} sets="weeks">
          Here fresher papers cost accuracy, so the other formulas are tuned to the same mean age of
          the first ten; raw counts have nothing to tune.
        </Figures>
      )}
    </>
  );
}

function Figures({
  title,
  judgement,
  sets,
  children,
}: {
  title: string;
  judgement: Judgement;
  sets: string;
  children: string;
}) {
  return (
    <>
      <h3>{title}</h3>
      <p>
        {judgement.sets} {sets}, {judgement.papers} papers. {children}
      </p>
      <ReplayChart title={title} judgement={judgement} />
      <Table columns={['Order', 'nDCG@10', 'Age of the first ten', 'This ranking minus it']}>
        <tr>
          <th scope="row">this ranking</th>
          <td>{quality(judgement.ndcg)}</td>
          <td>{days(judgement.age)}</td>
          <td />
        </tr>
        {judgement.references.map(({ name, ndcg, age, difference }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{quality(ndcg)}</td>
            <td>{days(age)}</td>
            <td>{differenceInWords(difference)}</td>
          </tr>
        ))}
      </Table>
    </>
  );
}
