import { describe, expect, it } from 'vitest';
import { isOf, sharedArchive } from '@/lib/interests/archive';

const saved = (...papers: string[]) => papers.map((paper) => paper.split(' ').filter(Boolean));

describe('the archive that most saved papers share', () => {
  it('is the one of four in five of them, among their other categories too', () => {
    expect(
      sharedArchive(saved('math.CO', 'math.CO cs.DM', 'cs.DM math.CO', 'math.PR', 'cs.LG')),
    ).toBe('math');
  });

  it('is none where their fields differ', () => {
    expect(sharedArchive(saved('math.CO', 'math.CO', 'cs.DM', 'cs.LG'))).toBeNull();
  });

  it('is the archive of their first categories where two are as frequent', () => {
    expect(sharedArchive(saved('stat.ML cs.LG', 'stat.ME cs.LG', 'cs.LG stat.ML'))).toBe('stat');
  });

  it('knows nothing of papers without categories', () => {
    expect(sharedArchive(saved('quant-ph', '', '', ''))).toBe('quant-ph');
    expect(sharedArchive(saved('', ''))).toBeNull();
    expect(sharedArchive([])).toBeNull();
  });

  it('takes no archive for one that begins alike', () => {
    expect(isOf('math', ['math-ph'])).toBe(false);
    expect(isOf('cs', ['stat.ML', 'cs.LG'])).toBe(true);
  });
});
