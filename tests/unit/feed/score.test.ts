import { describe, expect, it } from 'vitest';
import {
  expectedVotes,
  explain,
  freshSince,
  isToCome,
  scoreOf,
  shareOfTime,
  standingOf,
} from '@/lib/feed/score';
import type { SourcedReading } from '@/lib/feed/signals';

const now = new Date('2026-11-23T16:00:00Z');
const at = (day: string) => new Date(`2026-11-${day}Z`);
const reading = (kind: string, value: number, seenAt: Date, source = 'daily-papers') =>
  ({ kind, value, seenAt, source }) satisfies SourcedReading;
const paper = (readings: SourcedReading[], publishedAt: Date | null = at('20T00:00')) => ({
  publishedAt,
  firstSeenAt: at('05T00:00'),
  readings,
});
const score = (readings: SourcedReading[], publishedAt?: Date, moment = now) =>
  scoreOf(standingOf(paper(readings, publishedAt), moment));
const upvoted = (votes: number, listedAt: Date, seenAt: Date) => [
  reading('listed', 1, listedAt),
  reading('upvotes', votes, seenAt),
];

describe('score', () => {
  it('orders two papers the same way at every moment', () => {
    const older = upvoted(60, at('18T05:00'), at('18T20:00'));
    const younger = upvoted(10, at('20T00:00'), at('20T20:00'));
    const difference = (moment: Date) =>
      score(older, undefined, moment) - score(younger, undefined, moment);
    expect(difference(new Date('2031-01-01'))).toBe(difference(now));
  });

  it('gives twice the votes fourteen more days, beyond those of the start', () => {
    const once = score([reading('upvotes', 90, at('21T00:00'))], at('20T00:00'));
    const twice = score([reading('upvotes', 190, at('21T00:00'))], at('06T00:00'));
    expect(twice).toBeCloseTo(once, 10);
  });

  it('takes a late listing for one that had less time to gather votes', () => {
    const early = upvoted(30, at('20T00:00'), at('21T00:00'));
    const late = upvoted(30, at('20T06:00'), at('21T00:00'));
    expect(score(late)).toBeGreaterThan(score(early));
    expect(expectedVotes(standingOf(paper(late), now))).toBeCloseTo(32 / 0.75, 10);
  });

  it('makes less of a late listing the older the count is', () => {
    const share = (seenAt: Date) =>
      shareOfTime(standingOf(paper(upvoted(30, at('10T06:00'), seenAt)), now));
    expect(share(at('10T07:00'))).toBe(0.75);
    expect(share(at('11T00:00'))).toBe(0.75);
    expect(share(at('12T00:00'))).toBe(0.875);
    expect(share(at('20T00:00'))).toBe(0.975);
  });

  it('never takes a listing for later than noon', () => {
    const share = (listedAt: Date) =>
      shareOfTime(standingOf(paper(upvoted(30, listedAt, at('21T00:00'))), now));
    expect(share(at('20T12:00'))).toBe(0.5);
    expect(share(at('20T23:59'))).toBe(0.5);
  });

  it('makes nothing of the hour where nobody counted, nor of that at which a page was read', () => {
    const share = (readings: SourcedReading[]) => shareOfTime(standingOf(paper(readings), now));
    const place = reading('listing-place', 3, at('20T09:00'), 'listing');
    expect(share([reading('listed', 1, at('20T06:00'))])).toBe(1);
    expect(share([reading('listed', 1, at('20T06:00')), place])).toBe(1);
    expect(share([place, reading('upvotes', 5, at('20T09:00'))])).toBe(1);
    expect(share([...upvoted(5, at('19T06:00'), at('20T09:00')), place])).toBe(1);
    expect(share([...upvoted(5, at('20T06:00'), at('20T09:00')), place])).toBe(0.75);
  });

  it('keeps the order of a listing for papers that have nothing else', () => {
    const scores = Array.from({ length: 500 }, (_, i) =>
      score([reading('listing-place', i + 1, at('12T00:00'), 'listing')]),
    );
    expect(scores.every((value, i) => i === 0 || value < scores[i - 1]!)).toBe(true);
  });

  it('makes nothing of a place where upvotes are known', () => {
    const upvotes = reading('upvotes', 12, at('19T05:00'));
    const place = reading('listing-place', 1, at('19T00:00'), 'listing');
    expect(standingOf(paper([upvotes, place]), now).votes).toBe(12);
    expect(standingOf(paper([place]), now).votes).toBe(64);
  });

  it.each(['comments', 'github-stars', 'citations'])(
    'is not moved by %s: no replay showed a gain',
    (kind) => {
      const upvotes = [reading('upvotes', 1, at('20T00:00'))];
      expect(score([...upvotes, reading(kind, 15_000, at('20T00:00'))])).toBe(score(upvotes));
    },
  );
});

describe('explanation', () => {
  it('adds up to the score, as shown, whatever the signals', () => {
    for (let i = 0; i < 300; i++) {
      const some = paper([
        reading('listed', 1, new Date(at('10T00:00').getTime() + i * 1_777_777)),
        reading('upvotes', (i * 37) % 251, at('18T03:00')),
        reading('github-stars', i * 11, at('12T00:00'), 'github'),
      ]);
      const why = explain(some, now);
      const sum = why.parts.reduce((total, part) => total + Math.round(part.value * 100), 0);
      expect(sum).toBe(Math.round(why.score * 100));
      expect(Math.abs(why.score - scoreOf(standingOf(some, now)))).toBeLessThanOrEqual(0.0051);
    }
  });

  const rows = (of: Parameters<typeof explain>[0]) =>
    explain(of, now).parts.map(({ label, detail }) => [label, detail]);

  it('shows factors from which each number can be worked out again', () => {
    const listed = paper(upvoted(30, at('20T06:00'), at('21T00:00')));
    expect(rows(listed)).toEqual([
      ['Every paper', 'log₂ (8 + 2)'],
      ['Upvotes', '30 upvotes, seen 21 Nov 2026: log₂ 40 in place of log₂ 10'],
      [
        'Time on the list',
        'listed 6 hours into its day, so 75 % of the time until it was seen: 32 ÷ 0.75 = 42.7, log₂ 50.7 in place of log₂ 40',
      ],
      ['Date', '20 Nov 2026, 2,515 days after 1 Jan 2020, ÷ 14'],
    ]);
    const { parts, score } = explain(listed, now);
    expect(parts.map(({ value }) => value)).toEqual([3.32, 2, 0.34, 179.65]);
    expect(score).toBe(185.31);
  });

  it('has a row for what counts, and for nothing else', () => {
    expect(rows(paper([]))).toEqual([
      ['Every paper', 'log₂ (8 + 2)'],
      ['Date', '20 Nov 2026, 2,515 days after 1 Jan 2020, ÷ 14'],
    ]);
    const hours = rows(paper(upvoted(30, at('10T00:20'), at('20T00:00'))));
    expect(hours.map(([label]) => label)).toEqual(['Every paper', 'Upvotes', 'Date']);
    expect(rows(paper([reading('listing-place', 4, at('19T00:00'), 'listing')]))[1]).toEqual([
      'Place on a listing',
      'place 4, which stands for 32 upvotes, seen 19 Nov 2026: log₂ 42 in place of log₂ 10',
    ]);
    expect(rows(paper([reading('upvotes', 1, at('19T00:00'))]))[1]![1]).toContain('1 upvote, seen');
  });

  it('says of counts that stand beside the paper that they do not weigh', () => {
    const remarks = (readings: SourcedReading[]) => explain(paper(readings), now).remarks;
    expect(
      remarks([
        reading('upvotes', 3, at('20T00:00')),
        reading('comments', 1, at('20T00:00')),
        reading('github-stars', 15_000, at('20T00:00')),
        reading('citations', 0, at('20T00:00')),
        reading('listed', 1, at('20T00:00')),
      ]),
    ).toEqual(['Shown, but without weight: 1 comment, 15,000 stars.']);
    expect(remarks([reading('upvotes', 3, at('20T00:00'))])).toEqual([]);
  });
});

describe('dates', () => {
  const dates = (readings: SourcedReading[], publishedAt: Date | null = at('02T00:00')) => {
    const { feedAt, clockAt } = standingOf(paper(readings, publishedAt), now);
    return { feedAt, clockAt };
  };

  it('file a paper under the day of its first listing and start its clock on that of the last', () => {
    const listings = [
      reading('listing-place', 4, at('12T00:00')),
      reading('listed', 1, at('09T03:10')),
      reading('listed', 1, at('14T05:20')),
    ];
    expect(dates(listings)).toEqual({ feedAt: at('09T00:00'), clockAt: at('14T00:00') });
  });

  it('are those of publication, else of first sight, without a listing', () => {
    expect(dates([]).feedAt).toEqual(at('02T00:00'));
    expect(dates([], null).feedAt).toEqual(at('05T00:00'));
  });

  it('never lie in the future', () => {
    expect(dates([], new Date('2030-01-01')).clockAt).toEqual(now);
    expect(dates([reading('listed', 1, at('24T00:00'))])).toEqual(dates([]));
  });

  it('count a listing from its very moment on', () => {
    expect(dates([reading('listed', 1, now)]).clockAt).toEqual(at('23T00:00'));
  });

  it('are not moved by what is no listing', () => {
    expect(dates([reading('upvotes', 9, at('12T00:00'))]).clockAt).toEqual(at('02T00:00'));
  });

  it('tell what is fresh, from midnight on fourteen days ago', () => {
    expect(freshSince(now)).toEqual(at('09T00:00'));
  });
});

describe('a paper is to come', () => {
  const later = at('23T16:01');
  const unknown = {
    publishedAt: later,
    firstSeenAt: later,
    readings: [reading('listed', 1, later)],
  };

  it('until it is published, seen or told of', () => {
    expect(isToCome(unknown, now)).toBe(true);
    expect(isToCome({ ...unknown, publishedAt: now }, now)).toBe(false);
    expect(isToCome({ ...unknown, firstSeenAt: now }, now)).toBe(false);
    const told = [...unknown.readings, reading('listed', 1, now)];
    expect(isToCome({ ...unknown, readings: told }, now)).toBe(false);
  });

  it('whether or not anybody knows when it will be published', () => {
    expect(isToCome({ ...unknown, publishedAt: null }, now)).toBe(true);
    expect(isToCome({ ...unknown, publishedAt: null, firstSeenAt: now }, now)).toBe(false);
  });
});
