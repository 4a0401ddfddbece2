import { describe, expect, test } from 'vitest';
import { type RisingPaper, risingTopics } from '@/lib/rising/detect';
import { categoryWeights, expectedPapers, growthScore, weighted } from '@/lib/rising/growth';
import { phrasesOf } from '@/lib/rising/phrases';
import { spansOf } from '@/lib/rising/spans';

const NOW = new Date('2026-06-30T00:00:00Z');
const DAY_MS = 86_400_000;
const SPAN = { days: 28, before: 280 };

describe('phrases', () => {
  const keys = (title: string, abstract = '') => [...phrasesOf(title, abstract).keys()];

  test('are one to four words, and begin and end with none of any paper', () => {
    expect(keys('We propose novel agent memory')).toEqual(['agent', 'agent memory', 'memory']);
  });

  test('are the same in singular and plural, with hyphens and spaces, and as an acronym', () => {
    expect(keys('On-policy distillation')).toContain('on policy distillation');
    expect(keys('LLM agents')).toContain('llm agent');
    expect(keys('Large language model agents')).toContain('llm agent');
  });

  test('neither begin nor end within a hyphened word', () => {
    expect(keys('Text-to-image synthesis')).not.toContain('image synthesis');
  });

  test('do not cross punctuation, formulas and small words', () => {
    const found = keys('Agents, memory and $x$ skills');
    expect(found).toEqual(['agent', 'memory', 'skill']);
    expect(keys('Chain of reasoning')).toContain('chain of reasoning');
    expect(keys('Mixture of experts')).toContain('moe');
  });

  test('count how often a paper has them, and whether its title does', () => {
    expect(phrasesOf('Agent memory', 'Agent memory is memory.').get('agent memory')).toEqual({
      times: 2,
      inTitle: true,
      surface: 'Agent memory',
    });
  });
});

describe('growth', () => {
  const map = (entries: Record<string, number>) => new Map(Object.entries(entries));

  test('is measured against the share in each category, whatever their mix', () => {
    const phrase = { recent: map({ 'cs.LG': 40 }), before: map({ 'cs.LG': 100 }) };
    const papers = {
      recent: map({ 'cs.LG': 400, 'cs.CV': 100 }),
      before: map({ 'cs.LG': 1_000, 'cs.CV': 9_000 }),
    };
    expect(expectedPapers(phrase, papers)).toBeGreaterThan(38);
    expect(expectedPapers(phrase, papers)).toBeLessThan(41);
  });

  test('takes more than a handful of papers after none', () => {
    expect(growthScore(5, 0)).toBeLessThan(10.8);
    expect(growthScore(9, 0)).toBeGreaterThan(10.8);
    expect(growthScore(2, 10)).toBeLessThan(0);
  });
});

describe('topics', () => {
  /** Papers of three categories over 308 days, ten a day, on subjects of their own; `rises` in the last days. */
  function papers(rises: string, doubled?: string): RisingPaper[] {
    const list: RisingPaper[] = [];
    const subjects: Record<string, string[]> = {
      'cs.LG': ['kernel regression', 'graph attention', 'bandit feedback'],
      'cs.CV': ['point clouds', 'depth completion', 'face tracking'],
      'cs.CL': ['speech parsing', 'dialogue acts', 'word senses'],
    };
    for (let day = 1; day <= 308; day++) {
      for (let n = 0; n < 10; n++) {
        const i = list.length;
        const category = Object.keys(subjects)[i % 3]!;
        const about =
          day <= 28 && n < 3
            ? rises
            : subjects[category]![(i * 7 + day) % subjects[category]!.length]!;
        const paper = {
          id: i + 1,
          title: `Towards ${about}`,
          abstract: `We study ${about}.`,
          authors: [`Author ${i}`],
          category,
          publishedAt: new Date(NOW.getTime() - day * DAY_MS + 1_000),
        };
        list.push(paper);
        if (doubled === category && day <= 28) {
          list.push({ ...paper, id: 100_000 + i, authors: [`Copy ${i}`] });
        }
      }
    }
    return list;
  }

  test('are what more papers are about than before, with figures, weeks and a search', () => {
    const { topics, recent } = risingTopics(papers('agent memory'), SPAN, NOW);
    expect(recent).toBe(280);
    expect(topics.map(({ phrase }) => phrase)).toEqual(['agent memory']);
    expect(topics[0]).toMatchObject({ papers: 84, before: 0, query: '+"agent memory"' });
    expect(topics[0]!.weeks).toHaveLength(12);
    expect(topics[0]!.weeks.reduce((a, b) => a + b, 0)).toBe(84);
    expect(topics[0]!.growth).toBeGreaterThan(100);
  });

  test('as of a moment before it rose do not have it', () => {
    const before = new Date(NOW.getTime() - 40 * DAY_MS);
    expect(risingTopics(papers('agent memory'), SPAN, before).topics).toEqual([]);
  });

  test.each(['cs.LG', 'cs.CV', 'cs.CL'])(
    'a source that doubles the papers of %s moves no topic over the threshold',
    (category) => {
      const { topics } = risingTopics(papers('agent memory', category), SPAN, NOW);
      expect(topics.map(({ phrase }) => phrase)).toEqual(['agent memory']);
    },
  );

  test('keep their name where a wider phrase has all of their papers and as many others', () => {
    const wider = { title: 'Towards reinforcement learning', abstract: 'It is studied.' };
    const list = papers('RLVR').map((paper, i) => {
      const isRise = paper.title.includes('RLVR');
      if (isRise ? i % 2 === 0 : i % 7 === 3) return { ...paper, ...wider };
      if (!isRise) return paper;
      return {
        ...paper,
        abstract: 'Reinforcement learning may help. We study reinforcement learning.',
      };
    });
    const [topic] = risingTopics(list, SPAN, NOW).topics;
    expect(topic!.keys).toContain('rl');
    expect(topic!.phrase).toBe('RLVR');
  });

  test('of one group of authors are none', () => {
    const own = papers('agent memory').map((paper) =>
      paper.title.includes('memory') ? { ...paper, authors: ['One Group'] } : paper,
    );
    expect(risingTopics(own, SPAN, NOW).topics).toEqual([]);
  });
});

test('the shortest span with papers enough is shown first, and too few papers have none', () => {
  expect(spansOf({ week: 200, month: 1_000, quarter: 1_999 })).toEqual([]);
  expect(spansOf({ week: 200, month: 1_000, quarter: 3_000 })).toEqual(['quarter']);
  expect(spansOf({ week: 600, month: 2_400, quarter: 7_000 })).toEqual(['quarter', 'month']);
  expect(spansOf({ week: 2_500, month: 9_000, quarter: 25_000 })).toEqual(['month']);
  expect(spansOf({ week: 0, month: 0, quarter: 0 })).toEqual([]);
});

test('papers of a category that a new source doubles are no more evidence than before', () => {
  const before = new Map([
    ['cs.CL', 300],
    ['cs.LG', 300],
    ['cs.CV', 300],
  ]);
  const phrase = new Map([['cs.CV', 20]]);
  const as = (recent: number) =>
    weighted(
      new Map([['cs.CV', (20 * recent) / 100]]),
      categoryWeights({ before, recent: new Map([...before, ['cs.CV', 3 * recent]]) }),
    );
  expect(as(100)).toBeCloseTo(weighted(phrase, new Map()), 0);
  expect(as(200)).toBeGreaterThan(19);
  expect(as(200)).toBeLessThan(22);
});
