import { describe, expect, it } from 'vitest';
import { daysToAsk } from '@/lib/sources/poll/backfill-days';

const NOW = new Date('2026-11-23T12:00:00Z');

describe('the days that a backfill asks for', () => {
  it('go back from today, the newest first', () => {
    expect(daysToAsk(NOW, 3, {})).toEqual(['2026-11-23', '2026-11-22', '2026-11-21']);
    expect(daysToAsk(NOW, 90, {}).at(-1)).toBe('2026-08-26');
  });

  it('leave out what was asked today, and older days for good', () => {
    const asked = {
      '2026-11-23': '2026-11-23',
      // Asked two days after it was over: more may have come in.
      '2026-11-19': '2026-11-21',
      '2026-11-18': '2026-11-22',
    };
    expect(daysToAsk(NOW, 6, asked)).toEqual([
      '2026-11-22',
      '2026-11-21',
      '2026-11-20',
      '2026-11-19',
    ]);
  });
});
