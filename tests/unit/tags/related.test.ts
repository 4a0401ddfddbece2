import { describe, expect, it } from 'vitest';
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
