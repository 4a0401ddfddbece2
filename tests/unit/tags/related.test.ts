import { describe, expect, it } from 'vitest';
import { lastMonths, monthsInWords } from '@/lib/tags/months';
import { relatedTags } from '@/lib/tags/related';

describe('relatedTags', () => {
  const papers = new Map([
    ['common', 500],
    ['close', 50],
    ['rare', 4],
    ['odd', 1],
  ]);

  it('gives tags that stand together more often than chance, strongest first', () => {
    const together = new Map([
      ['common', 50],
      ['close', 40],
      ['rare', 3],
      ['odd', 1],
    ]);
    const related = relatedTags({ counted: 100, together, papers, total: 1000 }, 5);
    expect(related.map(({ slug }) => slug)).toEqual(['close', 'rare']);
    expect(related[0]).toEqual({ slug: 'close', together: 40, lift: 8 });
  });

  it('gives nothing where nothing was counted', () => {
    expect(relatedTags({ counted: 0, together: new Map(), papers, total: 0 }, 5)).toEqual([]);
  });
});

describe('months', () => {
  it('go over the turn of the year and keep to UTC', () => {
    expect(lastMonths(3, new Date('2026-01-01T00:30:00+01:00'))).toEqual([
      '2025-10',
      '2025-11',
      '2025-12',
    ]);
    expect(lastMonths(2, new Date('2026-03-31T12:00:00Z'))).toEqual(['2026-02', '2026-03']);
  });

  it('are told in words', () => {
    const months = [
      { month: '2026-09', papers: 1200 },
      { month: '2026-10', papers: 30 },
    ];
    expect(monthsInWords('PEFT', months)).toBe(
      'Papers on PEFT from September 2026 to October 2026: 1,230 in all, most in September 2026 (1,200), 30 in October 2026.',
    );
    expect(monthsInWords('PEFT', [{ month: '2026-10', papers: 0 }])).toBe(
      'No papers on PEFT from October 2026 to October 2026.',
    );
  });
});
