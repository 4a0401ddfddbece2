import { describe, expect, it } from 'vitest';
import {
  cohortShares,
  datesOf,
  explain,
  isToCome,
  type Standing,
  score,
  totalPoints,
} from '@/lib/feed/score';
import { countSignals, moreCountsAt, type SourcedReading } from '@/lib/feed/signals';

const now = new Date('2026-11-23T16:00:00Z');
const at = (day: string) => new Date(`2026-11-${day}Z`);
const reading = (kind: string, value: number, seenAt: Date, source = 'daily-papers') =>
  ({ kind, value, seenAt, source }) satisfies SourcedReading;

function standing(readings: SourcedReading[], more: Partial<Standing> = {}): Standing {
  return {
    signals: countSignals(readings, now),
    clockAt: at('20T00:00'),
    dayShare: null,
    tagShare: null,
    ...more,
  };
}

describe('score', () => {
  it('orders two papers the same way at every moment', () => {
    const older = [reading('upvotes', 60, at('18T00:00'))];
    const younger = [reading('upvotes', 10, at('20T00:00'))];
    const difference = (moment: Date) =>
      score({ ...standing([]), signals: countSignals(older, moment), clockAt: at('18T00:00') }) -
      score({ ...standing([]), signals: countSignals(younger, moment) });
    expect(difference(new Date('2031-01-01'))).toBe(difference(now));
  });

  it('gives twice the points seven more days, beyond the points to start with', () => {
    const week = new Date(at('20T00:00').getTime() + 7 * 86_400_000);
    const twice = score(standing([reading('upvotes', 2 * 92 + 8, at('20T00:00'))]));
    const once = score(standing([reading('upvotes', 92, at('20T00:00'))], { clockAt: week }));
    expect(twice).toBeCloseTo(once, 10);
  });

  it('keeps the order of a listing for papers that have nothing else', () => {
    const scores = Array.from({ length: 500 }, (_, i) =>
      score(standing([reading('listing-place', i + 1, at('12T00:00'), 'listing')])),
    );
    expect(scores.every((value, i) => i === 0 || value < scores[i - 1]!)).toBe(true);
  });

  it('takes the latest place, not the best one', () => {
    const [place] = countSignals(
      [
        reading('listing-place', 1, at('11T00:00'), 'listing'),
        reading('listing-place', 9, at('12T00:00'), 'other'),
      ],
      now,
    );
    expect(place?.counted).toBe(9);
  });

  it('takes the better of two places of the same moment', () => {
    const places = [
      reading('listing-place', 3, at('12T00:00'), 'listing'),
      reading('listing-place', 7, at('12T00:00'), 'other'),
    ];
    expect(countSignals(places, now)[0]?.counted).toBe(3);
  });

  it('replays the past: readings after the moment asked for do not count', () => {
    const history = [reading('upvotes', 3, at('18T00:00')), reading('upvotes', 90, at('21T00:00'))];
    expect(countSignals(history, at('19T00:00'))).toEqual(
      countSignals(history.slice(0, 1), at('19T00:00')),
    );
    expect(countSignals(history, now)[0]?.counted).toBe(90);
  });

  it('is the same in whatever order readings and sources come', () => {
    const readings = [
      reading('upvotes', 3, at('18T00:00')),
      reading('upvotes', 900, at('20T00:00')),
      reading('upvotes', 60, at('19T00:00'), 'other'),
      reading('github-stars', 100, at('10T00:00'), 'github'),
      reading('github-stars', 150, at('20T00:00'), 'github'),
      reading('github-stars', 150, at('21T00:00'), 'other'),
      reading('citations', 2, at('12T00:00'), 'other'),
      reading('citations', 7, at('12T00:00')),
      reading('listing-place', 9, at('11T00:00'), 'other'),
      reading('listing-place', 3, at('12T00:00'), 'listing'),
      reading('listing-place', 7, at('12T00:00'), 'third'),
    ];
    const counted = countSignals(readings, at('21T12:00'));
    expect(countSignals(readings.toReversed(), at('21T12:00'))).toEqual(counted);
    expect(counted.map((signal) => [signal.kind, signal.counted])).toEqual([
      ['upvotes', 900],
      ['github-stars', 150],
      ['citations', 7],
      ['listing-place', 3],
    ]);
  });

  it('compares in cohorts what people think of a paper, not where it is listed', () => {
    const { signals } = standing([
      reading('upvotes', 12, at('19T05:00')),
      reading('listing-place', 4, at('19T05:00')),
    ]);
    expect(totalPoints(signals)).toBe(12 + 32);
    expect(totalPoints(signals, true)).toBe(12);
  });

  it('does not add up what several sources say of the same thing', () => {
    const stars = countSignals(
      [
        reading('github-stars', 100, at('20T00:00'), 'github'),
        reading('github-stars', 90, at('21T00:00'), 'daily-papers'),
      ],
      now,
    );
    expect(stars.map((s) => s.counted)).toEqual([100]);
  });

  it('passes over kinds and numbers that it does not know', () => {
    expect(
      countSignals([reading('likes', 5, now), reading('upvotes', Number.NaN, now)], now),
    ).toEqual([]);
  });
});

describe('jumps', () => {
  const jump = [reading('upvotes', 10, at('20T00:00')), reading('upvotes', 5000, at('20T04:00'))];
  const counted = (readings: SourcedReading[], moment: Date) =>
    countSignals(readings, moment)[0]!.counted;

  it('are damped, and say so', () => {
    const signals = countSignals(jump, at('20T16:00'));
    expect(signals[0]?.counted).toBe(410);
    expect(explain({ ...standing([]), signals }).remarks).toEqual([
      'Upvotes jumped to 5,000, faster than is plausible; 410 count for now, more as days pass.',
    ]);
  });

  it('are believed in full some days later, though nobody reports the count again', () => {
    expect(counted(jump, at('21T03:59'))).toBe(410);
    expect(counted(jump, at('21T04:00'))).toBe(2050);
    expect(counted(jump, at('22T04:00'))).toBe(5000);
    expect(explain(standing(jump)).remarks).toEqual([]);
  });

  it('count no more for being read in many small steps', () => {
    const steps = [100, 500, 2500, 12_500, 50_000].map((value, hour) =>
      reading('upvotes', value, at(`20T0${hour}:00`)),
    );
    expect(counted(steps, at('20T23:59'))).toBe(500);
  });

  it('count no more for coming after quiet weeks', () => {
    const late = [reading('upvotes', 10, at('01T00:00')), reading('upvotes', 5000, at('20T04:00'))];
    expect(counted(late, at('20T04:00'))).toBe(410);
  });

  it('say when more of them will count, until all do', () => {
    const moreAt = (moment: Date) => moreCountsAt(countSignals(jump, moment));
    expect(moreAt(at('20T16:00'))).toEqual(at('21T00:00'));
    expect(moreAt(at('21T00:00'))).toEqual(at('21T04:00'));
    expect(moreAt(at('22T04:00'))).toBeNull();
  });

  it('of several signals say when the first of them will count for more', () => {
    const signals = countSignals(
      [...jump, reading('comments', 1, at('20T02:00')), reading('comments', 9000, at('20T06:00'))],
      at('20T16:00'),
    );
    expect(moreCountsAt(signals)).toEqual(at('21T00:00'));
    expect(moreCountsAt(signals.toReversed())).toEqual(at('21T00:00'));
  });

  it('that are taken back are not held against the paper', () => {
    const back = [...jump, reading('upvotes', 12, at('20T09:00'))];
    expect(counted(back, at('20T10:00'))).toBe(12);
    expect(moreCountsAt(countSignals(back, at('20T10:00')))).toBeNull();
  });

  it('do not touch ordinary growth', () => {
    const grown = [reading('upvotes', 3, at('20T00:00')), reading('upvotes', 250, at('20T20:00'))];
    expect(countSignals(grown, now)[0]?.counted).toBe(250);
  });
});

describe('growth of stars', () => {
  it('is the gain of the last week on record', () => {
    const stars = [
      reading('github-stars', 100, at('01T00:00'), 'github'),
      reading('github-stars', 200, at('10T00:00'), 'github'),
      reading('github-stars', 340, at('17T00:00'), 'github'),
    ];
    expect(countSignals(stars, now)[0]?.growth).toBe(140);
  });

  it('is not guessed from less than a day on record', () => {
    const growth = (after: Date) =>
      countSignals(
        [
          reading('github-stars', 100, at('20T00:00'), 'github'),
          reading('github-stars', 110, after, 'github'),
        ],
        now,
      )[0]?.growth;
    expect(growth(at('20T00:00'))).toBeNull();
    expect(growth(at('20T23:59'))).toBeNull();
    expect(growth(at('21T00:00'))).toBe(70);
  });

  it('is of stars alone: other counts have points for what they are, not for how they grew', () => {
    const upvotes = [reading('upvotes', 3, at('16T00:00')), reading('upvotes', 90, at('20T00:00'))];
    expect(countSignals(upvotes, now)[0]?.growth).toBeNull();
    expect(totalPoints(countSignals(upvotes, now))).toBe(90);
  });
});

describe('explanation', () => {
  it('adds up to the score, as shown, whatever the signals', () => {
    for (let i = 0; i < 300; i++) {
      const some = standing(
        [
          reading('upvotes', (i * 37) % 251, at('18T03:00')),
          reading('comments', (i * 5) % 13, at('18T03:00')),
          reading('github-stars', i * 11, at('12T00:00'), 'github'),
          reading('github-stars', i * 13, at('19T00:00'), 'github'),
          reading('citations', (i * 7) % 90, at('19T00:00')),
        ],
        {
          clockAt: new Date(at('10T00:00').getTime() + i * 7_777_777),
          dayShare: (i % 101) / 100,
          tagShare: { tag: 'PEFT', share: (i % 89) / 100 },
        },
      );
      const why = explain(some);
      const sum = why.parts.reduce((total, part) => total + Math.round(part.value * 100), 0);
      expect(sum).toBe(Math.round(why.score * 100));
      expect(Math.abs(why.score - score(some))).toBeLessThanOrEqual(0.0051);
    }
  });

  it('shows factors from which each number can be worked out again', () => {
    const why = explain(
      standing([reading('upvotes', 12, at('19T05:00')), reading('comments', 15, at('19T05:00'))], {
        clockAt: at('18T09:30'),
        dayShare: 0.5,
        tagShare: { tag: 'PEFT', share: 0.56 },
      }),
    );
    const part = (key: string) => why.parts.find((p) => p.key === key)!;
    expect(part('start').detail).toBe(
      'log₂ 8; with the 15 points below log₂ 23, each signal its share',
    );
    expect(part('upvotes').value).toBeCloseTo((Math.log2(23 / 8) * 12) / 15, 1);
    expect(part('day').detail).toBe('ahead of 50 % of its day’s papers and 2 average ones');
    expect(part('tag').detail).toBe(
      'ahead of 56 % of that tag’s papers of its week and 8 average ones, × 0.5',
    );
    const days = Number(
      part('date')
        .detail.match(/([\d,.]+) days/)![1]!
        .replace(',', ''),
    );
    expect(Math.abs(part('date').value - days / 7)).toBeLessThan(0.02);
  });

  const rows = (of: Standing) => explain(of).parts.map(({ label, detail }) => [label, detail]);

  it('names every signal with its value, its day and its points', () => {
    const why = standing([
      reading('upvotes', 12, at('19T05:00')),
      reading('comments', 1, at('19T05:00')),
      reading('github-stars', 9, at('13T00:00'), 'github'),
      reading('github-stars', 16, at('20T00:00'), 'github'),
      reading('listing-place', 4, at('19T05:00'), 'listing'),
    ]);
    expect(rows(why).slice(1, -1)).toEqual([
      ['Upvotes', '12 upvotes, seen 19 Nov 2026: 12 points'],
      ['Comments', '1 comment, seen 19 Nov 2026: 0 points'],
      ['GitHub stars', '16 stars, seen 20 Nov 2026: 4 points'],
      ['New stars a week', '7 a week: 1.4 points'],
      ['Place on a listing', 'place 4, seen 19 Nov 2026: 32 points'],
    ]);
    expect(rows(standing([reading('upvotes', 1, at('19T05:00'))]))[1]?.[1]).toBe(
      '1 upvote, seen 19 Nov 2026: 1 point',
    );
  });

  it('has a row for what counts, and for nothing else', () => {
    expect(rows(standing([]))).toEqual([
      ['Every paper', '8 points to start with, log₂ 8'],
      ['Date', expect.stringMatching(/^20 Nov 2026, 2,515 days after 1 Jan 2020, ÷ 7$/)],
    ]);
    const still = [reading('github-stars', 16, at('13T00:00')), reading('github-stars', 16, now)];
    const compared = { dayShare: 0.5, tagShare: { tag: 'PEFT', share: 0.56 } };
    const { parts } = explain(standing(still, compared));
    expect(parts.map(({ label }) => label)).toEqual([
      'Every paper',
      'GitHub stars',
      'Among its day',
      'Among PEFT',
      'Date',
    ]);
    const keys = explain(standing([...still, reading('github-stars', 20, now, 'other')])).parts.map(
      ({ key }) => key,
    );
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('rounds up what is nearest to the next hundredth', () => {
    const shown = (days: number) => {
      const clockAt = new Date(at('20T00:00').getTime() + days * 86_400_000);
      const tagShare = { tag: 'PEFT', share: 0.25 };
      const { parts, score } = explain(standing([], { clockAt, tagShare }));
      return [...parts.map(({ value }) => value), score];
    };
    // Half of 0.25 is 0.125; 2,515.3 days are 359.3286 half-lives, 2,515.12 are 359.3029.
    expect(shown(0.3)).toEqual([3, 0.12, 359.33, 362.45]);
    expect(shown(0.12)).toEqual([3, 0.13, 359.3, 362.43]);
  });
});

describe('cohorts', () => {
  it('give equals the same share, and more for more', () => {
    expect(cohortShares([5, 1, 5, 9], 0)).toEqual([0.5, 0.13, 0.5, 0.88]);
  });

  it('say little where there is nobody to compare with', () => {
    expect(cohortShares([1000], 8)).toEqual([0.5]);
  });

  it('let the first of a small field pass the middle of a large one with as many votes', () => {
    const small = cohortShares([1, 2, 3, 4, 20], 8).at(-1)!;
    const large = cohortShares([...Array.from({ length: 60 }, (_, i) => i), 20], 8).at(-1)!;
    expect(small).toBeGreaterThan(large);
  });
});

describe('dates', () => {
  const paper = { publishedAt: at('02T00:00'), firstSeenAt: at('05T00:00') };

  it('file a paper under its first listing and start its clock at the last', () => {
    const dates = datesOf(
      paper,
      [reading('listing-place', 4, at('12T00:00')), reading('listed', 1, at('09T00:00'))],
      now,
    );
    expect(dates).toEqual({ feedAt: at('09T00:00'), clockAt: at('12T00:00') });
  });

  it('are those of publication, else of first sight, without a listing', () => {
    expect(datesOf(paper, [], now).feedAt).toEqual(at('02T00:00'));
    expect(datesOf({ ...paper, publishedAt: null }, [], now).feedAt).toEqual(at('05T00:00'));
  });

  it('never lie in the future', () => {
    const early = { ...paper, publishedAt: new Date('2030-01-01') };
    expect(datesOf(early, [], now).clockAt).toEqual(now);
    expect(datesOf(paper, [reading('listed', 1, at('24T00:00'))], now)).toEqual(
      datesOf(paper, [], now),
    );
  });

  it('count a listing from its very moment on', () => {
    expect(datesOf(paper, [reading('listed', 1, now)], now).clockAt).toEqual(now);
  });

  it('are not moved by what is no listing', () => {
    expect(datesOf(paper, [reading('upvotes', 9, at('12T00:00'))], now).clockAt).toEqual(
      at('02T00:00'),
    );
  });
});

describe('a paper is to come', () => {
  const later = at('23T16:01');
  const unknown = { publishedAt: later, firstSeenAt: later, readings: [{ seenAt: later }] };

  it('until it is published, seen or told of', () => {
    expect(isToCome(unknown, now)).toBe(true);
    expect(isToCome({ ...unknown, publishedAt: now }, now)).toBe(false);
    expect(isToCome({ ...unknown, firstSeenAt: now }, now)).toBe(false);
    expect(isToCome({ ...unknown, readings: [{ seenAt: later }, { seenAt: now }] }, now)).toBe(
      false,
    );
  });

  it('whether or not anybody knows when it will be published', () => {
    expect(isToCome({ ...unknown, publishedAt: null }, now)).toBe(true);
    expect(isToCome({ ...unknown, publishedAt: null, firstSeenAt: now }, now)).toBe(false);
  });
});
