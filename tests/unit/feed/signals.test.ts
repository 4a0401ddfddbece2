import { describe, expect, it } from 'vitest';
import { latestReadings, type SourcedReading } from '@/lib/feed/signals';

const now = new Date('2026-11-23T16:00:00Z');
const at = (day: string) => new Date(`2026-11-${day}Z`);
const reading = (kind: string, value: number, seenAt: Date, source = 'daily-papers') =>
  ({ kind, value, seenAt, source }) satisfies SourcedReading;
const values = (readings: SourcedReading[], moment = now) =>
  latestReadings(readings, moment).map(({ kind, value }) => [kind, value]);

describe('latest readings', () => {
  it('are as they were at a past moment: later ones do not count', () => {
    const history = [reading('upvotes', 3, at('18T00:00')), reading('upvotes', 90, at('21T00:00'))];
    expect(values(history, at('20T23:59'))).toEqual([['upvotes', 3]]);
    expect(values(history, at('21T00:00'))).toEqual([['upvotes', 90]]);
  });

  it('are believed when they fall', () => {
    const fall = [reading('upvotes', 90, at('18T00:00')), reading('upvotes', 3, at('21T00:00'))];
    expect(values(fall)).toEqual([['upvotes', 3]]);
  });

  it('take the latest place, not the best one, and the better of two of the same moment', () => {
    const place = (...readings: SourcedReading[]) => latestReadings(readings, now)[0]?.value;
    const first = reading('listing-place', 1, at('11T00:00'), 'listing');
    const ninth = reading('listing-place', 9, at('12T00:00'), 'other');
    const third = reading('listing-place', 3, at('12T00:00'), 'third');
    expect(place(first, ninth)).toBe(9);
    expect(place(ninth, third)).toBe(3);
  });

  it('do not add up what several sources say of the same thing', () => {
    const stars = [
      reading('github-stars', 100, at('20T00:00'), 'github'),
      reading('github-stars', 90, at('21T00:00')),
    ];
    expect(values(stars)).toEqual([['github-stars', 100]]);
  });

  it('are the same in whatever order readings and sources come', () => {
    const readings = [
      reading('upvotes', 3, at('18T00:00')),
      reading('upvotes', 900, at('20T00:00')),
      reading('upvotes', 60, at('19T00:00'), 'other'),
      reading('github-stars', 150, at('20T00:00'), 'github'),
      reading('github-stars', 150, at('21T00:00'), 'other'),
      reading('citations', 2, at('12T00:00'), 'other'),
      reading('citations', 7, at('12T00:00')),
      reading('listing-place', 9, at('11T00:00'), 'other'),
      reading('listing-place', 3, at('12T00:00'), 'listing'),
    ];
    const latest = latestReadings(readings, now);
    expect(latestReadings(readings.toReversed(), now)).toEqual(latest);
    expect(latest.map(({ kind, value }) => [kind, value])).toEqual([
      ['upvotes', 900],
      ['github-stars', 150],
      ['citations', 7],
      ['listing-place', 3],
    ]);
  });

  it('pass over kinds and numbers that are not known', () => {
    expect(values([reading('likes', 5, now), reading('upvotes', Number.NaN, now)])).toEqual([]);
  });
});
