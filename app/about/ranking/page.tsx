import type { Metadata } from 'next';
import { ReplaySection } from '@/components/feed/ReplaySection';
import { SubscribeFoot } from '@/components/site/SubscribeFoot';
import { PageHead } from '@/components/ui/PageHead';
import { longDayName } from '@/lib/calendar/day-names';
import { getDb } from '@/lib/db/client';
import { RECORDED_REPLAY } from '@/lib/feed/recorded-replay';
import { lastReplay } from '@/lib/feed/replay-store';
import { explain } from '@/lib/feed/score';
import { CHANGELOG, RANKING, READER_WEIGHTS } from '@/lib/feed/weights';

export const metadata: Metadata = {
  title: 'How papers are ranked',
  description: 'The formula of the trending feed, all of its numbers, and how well it predicts.',
};

export const dynamic = 'force-dynamic';

const source = 'daily-papers';
const EXAMPLE = explain(
  {
    publishedAt: null,
    firstSeenAt: new Date('2025-10-02T06:00:00Z'),
    readings: [
      { kind: 'listed', value: 1, seenAt: new Date('2025-10-02T06:00:00Z'), source },
      { kind: 'upvotes', value: 34, seenAt: new Date('2025-10-03T00:00:00Z'), source },
      { kind: 'github-stars', value: 15_000, seenAt: new Date('2025-10-03T00:00:00Z'), source },
    ],
  },
  new Date('2025-10-03T00:00:00Z'),
);

export default async function Ranking() {
  const { startVotes, priorVotes, dayHours, latestHour, halfLifeDays, firstPlaceVotes } = RANKING;
  const { fresh, fullAfterDays, fullAfterPapers, burstHours, save } = READER_WEIGHTS;
  const replayed = await lastReplay(getDb());
  return (
    <>
      <PageHead title="How papers are ranked">
        Every number that decides the order of a feed is on this page. “Why” under each paper shows
        the same sum with the paper’s own numbers.
      </PageHead>
      <div className="prose">
        <p>
          <b>Trending</b> sorts by a score: log₂({startVotes} + votes) + days ÷ {halfLifeDays},
          where votes are (upvotes + {priorVotes}) ÷ (1 − hours ÷ {dayHours}).
        </p>
        <ul>
          <li>
            <b>The logarithm</b> means that the tenth reader counts for more than the hundredth. The{' '}
            {startVotes} and {priorVotes} votes that every paper starts with keep its first few
            votes from deciding everything.
          </li>
          <li>
            <b>The days</b> are those from 1 January 2020 to the day on which the paper was listed,
            or else published: twice the votes are worth as much as being {halfLifeDays} days
            younger. Scores do not change as time passes, and neither does their order; it changes
            only when a paper gets attention.
          </li>
          <li>
            <b>The hours</b> are those from the start of that day to the listing, {latestHour} at
            most: a paper listed late had less time to be seen. For counts that are read more than{' '}
            {dayHours} hours after the start of the day, that time takes the place of the {dayHours}{' '}
            hours, so a late start is made up for as days pass.
          </li>
          <li>
            <b>A place on a listing</b> stands in where nobody counts upvotes: the first place for{' '}
            {firstPlaceVotes}, the nth for {firstPlaceVotes} ÷ √n.
          </li>
          <li>
            <b>Readers here</b> add to the upvotes: a vote 1, a save {save}, at most. A new reader’s
            vote weighs {fresh}. The weight grows to 1 over {fullAfterDays} days and{' '}
            {fullAfterPapers} papers voted for or saved, whichever takes longer. Of several votes
            for a paper from one network within {burstHours} hours, the nth counts for 1/n. A vote’s
            weight is set when it is given, and stays. “Not for me” changes nobody else’s order.
          </li>
          <li>
            <b>Nothing else weighs.</b> Comments, GitHub stars and citations are shown but do not
            count: no replay showed that they predict what readers come to think. Stars that a
            repository had before the paper say nothing about the paper.
          </li>
        </ul>
        <p>
          <b>Top</b> sorts by upvotes and what readers here add. <b>New</b> sorts by date. Ties go
          to the higher score, then to the paper that came into the catalogue first. Where no paper
          of the last {halfLifeDays} days has upvotes or a place, Trending would be the order of
          dates; for windows back from now, it sorts as Top does instead.
        </p>

        <h2>An example</h2>
        <p>A paper with 34 upvotes, listed at six in the morning and counted at midnight:</p>
        <table>
          <tbody>
            {EXAMPLE.parts.map(({ key, label, detail, value }) => (
              <tr key={key}>
                <th scope="row">{label}</th>
                <td>{detail}</td>
                <td>{value.toFixed(2)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" colSpan={2}>
                Score
              </th>
              <td>{EXAMPLE.score.toFixed(2)}</td>
            </tr>
          </tfoot>
        </table>
        <p>{EXAMPLE.remarks.join(' ')}</p>

        <h2>How well it predicts</h2>
        {replayed ? (
          <ReplaySection
            replay={replayed.result}
            intro={`The last replay of this site’s own history was made on ${longDayName(replayed.at)}.`}
          />
        ) : (
          <ReplaySection
            replay={RECORDED_REPLAY}
            intro="This site has not replayed its own history yet. These figures are from the recorded daily listing by which the formula was chosen."
          />
        )}

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
