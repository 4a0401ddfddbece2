import { describe, expect, it } from 'vitest';
import { lastAnnouncement } from '@/lib/sources/calendar';
import { describeSource, duration, type SourceHealth, silenceReason } from '@/lib/sources/status';

const source = (more: Partial<SourceHealth> = {}): SourceHealth => ({
  enabled: true,
  fromArxiv: true,
  everyHours: 12,
  dueAt: null,
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

  it('tells a holiday, a weekend, a late feed and a failure apart', () => {
    const old = new Date('2026-11-01T00:00:00Z');
    const reason = (now: string, newsAt: Date | null = old) => silenceReason(newsAt, new Date(now));
    expect(reason('2026-11-26T18:00:00Z')).toMatch(/Thanksgiving/);
    expect(reason('2026-11-21T18:00:00Z')).toMatch(/Sunday to Thursday/);
    expect(reason('2026-11-18T03:00:00Z')).toMatch(/not in yet/);
    expect(reason('2026-11-18T20:00:00Z')).toMatch(/late, or a failure/);
    expect(reason('2026-11-18T20:00:00Z', new Date('2026-11-18T02:00:00Z'))).toBeNull();
  });
});

describe('a source in words', () => {
  it.each<[Partial<SourceHealth>, string, RegExp]>([
    [{}, 'good', /^last success 2 hours ago$|^last success 120 minutes ago$/],
    [{ enabled: false }, 'off', /turned off/],
    [{ succeededAt: null }, 'waiting', /first visit to come/],
    [
      { failures: 3, problem: 'export.arxiv.org answered 503' },
      'failing',
      /3 visits failed: export.arxiv.org answered 503/,
    ],
    [{ succeededAt: new Date('2026-11-16T13:00:00Z') }, 'late', /36 hours late.*clock/],
    [{ fromArxiv: false, newsAt: null }, 'good', /^last success/],
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
