import type { Metadata } from 'next';
import { SubscribeFoot } from '@/components/site/SubscribeFoot';
import { PageHead } from '@/components/ui/PageHead';
import {
  CHANGELOG,
  COHORTS,
  GROWTH,
  HALF_LIFE_DAYS,
  JUMP_FACTOR,
  SIGNAL_WEIGHTS,
  START_POINTS,
} from '@/lib/feed/weights';

export const metadata: Metadata = {
  title: 'How papers are ranked',
  description: 'The formula of the trending feed, all of its weights, and when they changed.',
};

export default function Ranking() {
  const kinds = Object.values(SIGNAL_WEIGHTS);
  return (
    <>
      <PageHead title="How papers are ranked">
        Every number that decides the order of a feed stands on this page. “Why here” under each
        paper shows the same sum with the paper’s own numbers.
      </PageHead>
      <div className="prose">
        <p>
          <b>Trending</b> sorts by a score: log₂({START_POINTS} + points) + standing + days ÷{' '}
          {HALF_LIFE_DAYS}.
        </p>
        <p>
          The logarithm means that the tenth reader counts for more than the hundredth; every paper
          starts with {START_POINTS} points, so that the first two do not decide all. The days are
          those from 1 January 2020 to the day on which the paper was listed, or else published:
          twice the interest is worth as much as being {HALF_LIFE_DAYS} days younger. As time passes
          all scores stay as they are, and so does their order; it changes only when a paper gets
          attention.
        </p>
        <p>
          <b>Top</b> sorts by the points alone. <b>New</b> sorts by date. Equal papers are told
          apart by the score, then by which came into the catalogue first.
        </p>

        <h2>Points</h2>
        <table>
          <thead>
            <tr>
              <th scope="col">Signal</th>
              <th scope="col">Points</th>
              <th scope="col">Believed a day</th>
            </tr>
          </thead>
          <tbody>
            {kinds.map((kind) => (
              <tr key={kind.name}>
                <th scope="row">{kind.name}</th>
                <td>{kind.formula}</td>
                <td>{kind.dailyLimit === null ? '' : `+${kind.dailyLimit}`}</td>
              </tr>
            ))}
            <tr>
              <th scope="row">{GROWTH.name}</th>
              <td>{GROWTH.formula}</td>
              <td />
            </tr>
          </tbody>
        </table>
        <p>
          A count that jumps is damped: within a day it is believed to have grown by no more than
          the table says, or by {JUMP_FACTOR} times what it was, if that is more. The rest is
          believed as days pass and the count stands. A paper whose count is damped says so. A
          count’s first reading is believed as it is.
        </p>

        <h2>Standing</h2>
        <p>
          A paper gets up to {COHORTS.day.weight} for the share of the papers of its own day that it
          has passed, which evens out busy and quiet days; and up to {COHORTS.tag.weight} for the
          share of the papers of its week with the same tag, taking the tag where it stands best,
          which lets small fields surface. {COHORTS.day.ghosts} and {COHORTS.tag.ghosts} average
          papers, half passed by whichever is compared, are added to each such group, so that being
          first of one says little. Papers without any reported interest are in no group.
        </p>

        <h2>Changes</h2>
        <table>
          <tbody>
            {CHANGELOG.map(({ date, change }) => (
              <tr key={change}>
                <th scope="row" className="whitespace-nowrap">
                  <time dateTime={date}>{date}</time>
                </th>
                <td>{change}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <SubscribeFoot />
    </>
  );
}
