import { describe, expect, it } from 'vitest';
import { makeFeed } from '@/lib/feed/filters';
import { feedTitle, filterTitle, laggingNotice } from '@/lib/feed/labels';
import { parsePeriod } from '@/lib/feed/periods';
import { quietDay, quietPeriod, quietWindow } from '@/lib/feed/quiet-days';

const names: Record<string, string> = { peft: 'PEFT', lora: 'LoRA', video: 'Video' };
const title = (wanted: Parameters<typeof makeFeed>[0]) =>
  feedTitle(makeFeed(wanted), (slug) => names[slug] ?? slug);

describe('titles', () => {
  it.each([
    [{}, 'Trending papers'],
    [{ view: 'top', window: 'month' }, 'Top papers of the past month'],
    [{ view: 'new', tags: ['peft', 'lora'] }, 'New papers on LoRA and PEFT'],
    [
      { tags: ['peft'], without: ['lora', 'video'] },
      'Trending papers on PEFT, without LoRA or video',
    ],
    [{ hasCode: true }, 'Trending papers with code'],
    [{ category: 'cs.CL' }, 'Trending papers on cs.CL'],
    [{ period: parsePeriod('2025-03-12') }, 'Trending on Wednesday, 12 March 2025'],
    [{ period: parsePeriod('2025-w11') }, 'Trending in week 11 of 2025 (from 10 March 2025)'],
  ] as const)('%o', (wanted, expected) => {
    expect(title(wanted as unknown as Parameters<typeof makeFeed>[0])).toBe(expected);
  });
});

it('a filter is named as within a sentence', () => {
  const filter = makeFeed({ tags: ['peft', 'video'], without: ['lora'], hasCode: true });
  expect(filterTitle(filter, (slug) => names[slug] ?? slug)).toBe(
    'PEFT and video, without LoRA, with code',
  );
  expect(filterTitle(makeFeed(), String)).toBe('');
});

describe('notices', () => {
  it.each([
    ['2026-11-22', 'so Sundays are quiet.'],
    ['2026-11-23', 'so Sundays are quiet.'],
    ['2026-11-27', 'on the evening of Thanksgiving.'],
  ])('name the holiday or weekend that left the day without papers: %s', (day, end) => {
    expect(quietWindow('day', new Date(`${day}T15:00:00Z`))).toMatch(new RegExp(`${end}$`));
  });

  it('name none for a day in the week, or a longer window', () => {
    expect(quietWindow('day', new Date('2026-11-18T15:00:00Z'))).toBeNull();
    expect(quietWindow('week', new Date('2026-11-22T15:00:00Z'))).toBeNull();
  });

  it('name a source that is silent, and since when', () => {
    const succeededAt = new Date('2026-11-21T08:00:00Z');
    expect(laggingNotice({ name: 'daily-papers', succeededAt })).toBe(
      'The source daily-papers has not answered since 21 Nov 2026.',
    );
    expect(laggingNotice({ name: 'github', succeededAt: null })).toContain('not answered yet');
  });
});

describe('quiet days', () => {
  it.each([
    ['2026-11-21', 'Saturdays'],
    ['2026-11-22', 'Sundays'],
    ['2026-11-27', 'Thanksgiving'],
    ['2025-12-31', 'a day of its winter break'],
    ['2026-06-22', 'the Sunday after Juneteenth'],
  ])('%s: %s', (day, reason) => {
    expect(quietDay(new Date(`${day}T00:00:00Z`))).toContain(reason);
  });

  it.each(['2026-11-18', '2026-07-03', '2025-07-04', '2026-12-29'])('are not %s', (day) => {
    expect(quietDay(new Date(`${day}T00:00:00Z`))).toBeNull();
  });

  it('tell today from the days that are over', () => {
    const now = new Date('2026-11-18T15:00:00Z');
    expect(quietPeriod(parsePeriod('2026-11-18')!, now)).toContain('still going on');
    expect(quietPeriod(parsePeriod('2026-11-17')!, now)).toBeNull();
  });
});
