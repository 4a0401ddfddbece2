import { describe, expect, it } from 'vitest';
import { whyWaits } from '@/lib/digest/select';
import { type IssueFacts, issueWords, preheaderOf, subjectOf, wordsOf } from '@/lib/digest/words';

const GALORE = 'GaLore: Memory-Efficient LLM Training by Gradient Low-Rank Projection';

describe('the subject', () => {
  it.each([
    [[GALORE], '', 'GaLore: Memory-Efficient LLM Training by Gradient…'],
    [
      [GALORE, 'B', 'C'],
      'PEFT',
      'GaLore: Memory-Efficient LLM Training by Gradient…, and 2 more in PEFT',
    ],
    [['Short title', 'B'], '', 'Short title, and 1 more'],
    [['An $O(n^2)$ bound for $\\alpha$-mixing'], '', 'An O(n²) bound for α-mixing'],
    [['🦙🔥 Llamas'], '', '🦙🔥 Llamas'],
    [['دراسة عن النماذج', 'B'], '', 'دراسة عن النماذج, and 1 more'],
    [['a\r\nBcc: x@example.org'], '', 'a Bcc: x@example.org'],
    [['\u202eesrever\u202c'], '', 'esrever'],
    [['$$$'], '', 'Week 48, 2026: one paper'],
    [['!!!', 'B'], '', 'Week 48, 2026: one paper'],
    [[], '', 'Week 48, 2026: one paper'],
  ])('of %j in %j is “%s”', (titles, about, subject) => {
    expect(subjectOf(titles, about, 'Week 48, 2026: one paper')).toBe(subject);
  });

  it('of a title of 400 characters without a blank is cut, and no character is broken', () => {
    for (const letter of ['x', '論', '🦙']) {
      const subject = subjectOf([letter.repeat(400), 'B'], 'PEFT', 'otherwise');
      expect(subject.length).toBeLessThan(90);
      expect(subject).not.toMatch(/\p{Surrogate}/u);
      expect(subject).toMatch(/^\S+…, and 1 more in PEFT$/u);
    }
  });
});

it('the preheader is the next titles, or otherwise the summary', () => {
  expect(preheaderOf([GALORE, 'Second $x^2$', 'Third'], 'two')).toBe('Second x² · Third');
  expect(preheaderOf([GALORE], 'One paper')).toBe('One paper');
});

describe('what an issue says of itself', () => {
  const facts: IssueFacts = {
    cadence: 'weekly',
    timezone: 'Asia/Tokyo',
    since: new Date('2026-11-22T20:00:00Z'),
    until: new Date('2026-11-29T20:00:00Z'),
    count: 10,
    forYou: 0,
    among: 50,
    topics: ['PEFT'],
    authors: [],
    hasSearches: false,
    window: 'all time',
  };

  it('counts papers that are like saved ones apart, and says why they came', () => {
    const words = issueWords({ ...facts, count: 7, forYou: 3 });
    expect(words.summary).toBe('7 of 50 new papers on PEFT, and 3 for you');
    expect(words.because).toMatch(/ Those for you are like the papers that you saved\.$/);
    expect(issueWords({ ...facts, count: 0, forYou: 1 }).summary).toBe('One paper for you');
  });

  it('names the time it covers by the reader’s calendar, and how many of how many', () => {
    const words = issueWords(facts);
    expect(words.heading).toMatch(/^The week to Monday,? 30 November 2026$/);
    expect(words.summary).toBe('10 of 50 new papers on PEFT');
    expect(words.because).toBe(
      'You get these because you follow PEFT. They rank highest among papers new since 23 November 2026 that we haven’t sent you before.',
    );
  });

  it('names both ends of a span that is longer than its period', () => {
    const words = issueWords({ ...facts, since: new Date('2026-11-08T20:00:00Z') });
    expect(words.heading).toMatch(/^9 November 2026 to Monday,? 30 November 2026$/);
  });

  it('names since when, where a regular issue follows a first one within days', () => {
    const soon = { ...facts, since: new Date('2026-11-29T02:00:00Z') };
    expect(issueWords(soon).heading).toBe('Since 29 November 2026');
    expect(issueWords({ ...soon, cadence: 'monthly' }).heading).toBe('Since 29 November 2026');
  });

  it('says of the first one what it is', () => {
    const words = issueWords({ ...facts, since: null, window: 'the past month' });
    expect(words.heading).toBe('To get you started: the best of PEFT');
    expect(words.summary).toBe('10 papers from the past month');
    const all = issueWords({ ...facts, since: null, topics: [], count: 1 });
    expect(all.heading).toBe('To get you started: the best of what is trending');
    expect(all.summary).toBe('One paper from all time');
  });

  it('says what trends beside what authors and searches bring', () => {
    const hits = { ...facts, topics: [], authors: ['Yann LeCun'], among: null };
    expect(issueWords({ ...hits, since: null }).heading).toBe(
      'To get you started: the best of what is trending and your authors',
    );
    const words = issueWords({ ...hits, hasSearches: true });
    expect(words.summary).toBe(
      '10 new papers that are trending and from your authors and searches',
    );
    expect(words.because).toMatch(/because you follow Yann LeCun and your saved searches\. /);
  });

  it('counts one paper as one, and many tags as many', () => {
    const words = issueWords({
      ...facts,
      count: 1,
      among: 1,
      topics: ['A', 'B', 'C', 'D'],
      hasSearches: true,
    });
    expect(words.summary).toBe('1 new paper on A, B and 2 more topics and from your searches');
  });

  it('of a version that kept no words is the name of the issue', () => {
    expect(wordsOf({ issue: 'Week 47, 2026' }).heading).toBe('Week 47, 2026');
  });
});

describe('a digest with fewer papers than the minimum', () => {
  const now = new Date('2026-11-29T08:00:00Z');
  const section = (kind: 'trending' | 'search', count: number) => ({
    kind,
    heading: 'x',
    items: Array.from({ length: count }, (_, i) => ({ paperId: i + 1, why: '' })),
  });
  const reader = {
    cadence: 'weekly' as const,
    coveredUntil: new Date('2026-11-22T08:00:00Z'),
    minPapers: 3,
  };

  it('waits, and says so', () => {
    expect(whyWaits([section('trending', 2)], reader, now)).toBe(
      'There were only 2 new papers, fewer than the minimum of 3. They come with the next digest.',
    );
    expect(whyWaits([section('trending', 3)], reader, now)).toBeNull();
  });

  it('waits for three periods at most, a monthly one never', () => {
    const since = (day: string) => ({ ...reader, coveredUntil: new Date(`2026-11-${day}T08:10Z`) });
    expect(whyWaits([section('trending', 1)], since('09'), now)).not.toBeNull();
    expect(whyWaits([section('trending', 1)], since('08'), now)).toBeNull();
    expect(
      whyWaits([section('trending', 1)], { ...since('28'), cadence: 'monthly' }, now),
    ).toBeNull();
  });

  it('goes when it is the first, or has a hit of a saved search', () => {
    expect(whyWaits([section('trending', 1)], { ...reader, coveredUntil: null }, now)).toBeNull();
    expect(whyWaits([section('trending', 1), section('search', 1)], reader, now)).toBeNull();
  });
});
