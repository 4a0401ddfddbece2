import { describe, expect, it } from 'vitest';
import { lastAnnouncement } from '@/lib/calendar/arxiv-days';
import {
  describeSource,
  duration,
  type SourceHealth,
  silenceOf,
} from '@/lib/sources/status/describe';

const source = (more: Partial<SourceHealth> = {}): SourceHealth => ({
  enabled: true,
  fromArxiv: true,
  everyHours: 12,
  counts: null,
  underWay: null,
  succeededAt: new Date('2026-11-18T11:00:00Z'),
  newsAt: new Date('2026-11-18T02:00:00Z'),
  failures: 0,
  problem: null,
  ...more,
});
// A Wednesday morning in New York.
const NOW = new Date('2026-11-18T13:00:00Z');

describe('arXiv’s calendar', () => {
  it.each([
    ['Tuesday night', '2026-11-18T01:30:00Z', '2026-11-18T01:00:00Z'],
    ['Tuesday just before', '2026-11-18T00:59:00Z', '2026-11-17T01:00:00Z'],
    ['Saturday', '2026-11-21T18:00:00Z', '2026-11-20T01:00:00Z'],
    ['Sunday before the evening', '2026-11-22T18:00:00Z', '2026-11-20T01:00:00Z'],
    ['summer time', '2026-07-15T00:30:00Z', '2026-07-15T00:00:00Z'],
    ['the day after Thanksgiving', '2026-11-28T12:00:00Z', '2026-11-26T01:00:00Z'],
  ])('knows the last announcement on %s', (_, now, expected) => {
    expect(lastAnnouncement(new Date(now)).toISOString()).toBe(new Date(expected).toISOString());
  });

  const words = (now: string, newsAt: string | null, succeededAt = now) =>
    silenceOf(
      { newsAt: newsAt === null ? null : new Date(newsAt), succeededAt: new Date(succeededAt) },
      new Date(now),
    );

  it.each([
    ['a holiday', '2026-11-27T18:00:00Z', /as expected: arXiv pauses on Thanksgiving/],
    ['the day after', '2026-11-28T18:00:00Z', /as expected: arXiv announces Sunday to Thursday/],
    ['a Sunday', '2025-07-07T12:00:00Z', /pauses on the Sunday after Independence Day/],
    ['a Saturday', '2026-11-21T18:00:00Z', /as expected: arXiv announces Sunday to Thursday/],
  ])('explains the silence of %s by it, where the announcement before came', (_, now, reason) => {
    expect(words(now, now)).toEqual({ late: false, words: expect.stringMatching(reason) });
  });

  it.each([
    ['the next day', '2026-11-20T18:00:00Z', 'Thursday, 17 hours ago'],
    ['two days later', '2026-11-21T18:00:00Z', 'Thursday, 41 hours ago'],
    ['on Independence Day', '2025-07-04T18:00:00Z', 'Thursday, 18 hours ago'],
    ['on Thanksgiving', '2026-11-26T18:00:00Z', 'Wednesday, 17 hours ago'],
  ])('calls an announcement that was missed late %s, holiday or not', (_, now, missing) => {
    expect(words(now, '2025-06-01T00:00:00Z')).toEqual({
      late: true,
      words: `nothing from the announcement of ${missing}: late, or a failure at arXiv`,
    });
  });

  it('blames nobody for an announcement that was not asked for, or just after it', () => {
    const now = '2026-11-18T20:00:00Z';
    const old = '2026-11-17T15:00:00Z';
    expect(words(now, old, old)).toMatchObject({
      late: false,
      words: expect.stringMatching(/comes with the next poll/),
    });
    expect(words(now, old, '2026-11-18T03:00:00Z')).toMatchObject({
      late: false,
      words: expect.stringMatching(/not in/),
    });
    expect(words(now, '2026-11-18T02:00:00Z')).toBeNull();
  });
});

describe('a source in words', () => {
  it.each<[Partial<SourceHealth>, string, RegExp]>([
    [{}, 'good', /^last success 2 hours ago$|^last success 120 minutes ago$/],
    [{ enabled: false }, 'off', /turned off/],
    [{ succeededAt: null }, 'waiting', /first poll to come/],
    [
      { failures: 3, problem: 'export.arxiv.org answered 503' },
      'failing',
      /3 polls failed: export.arxiv.org answered 503/,
    ],
    [{ succeededAt: new Date('2026-11-16T13:00:00Z') }, 'late', /36 hours late.*clock/],
    [{ fromArxiv: false, newsAt: null }, 'good', /^last success/],
    [
      { counts: { read: 20, new: 12, updated: 3, unchanged: 4, rejected: 1 } },
      'good',
      /ago \(12 new, 3 updated, 4 unchanged, 1 rejected\)/,
    ],
    [{ succeededAt: null, underWay: 500 }, 'waiting', /first poll is under way, 500 papers so far/],
    [
      { succeededAt: new Date('2026-11-16T13:00:00Z'), underWay: 1 },
      'good',
      /^a poll is under way, 1 paper so far; last success/,
    ],
  ])('%j is %s', (more, mood, words) => {
    const described = describeSource(source(more), NOW);
    expect(described.mood).toBe(mood);
    expect(described.words).toMatch(words);
  });

  it('says durations in the unit that fits', () => {
    expect([20_000, 60_000, 3_600_000 * 5, 86_400_000 * 9].map(duration)).toEqual([
      'less than a minute',
      '1 minute',
      '5 hours',
      '9 days',
    ]);
  });
});
