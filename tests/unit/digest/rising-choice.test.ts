import { expect, test } from 'vitest';
import { chooseRising } from '@/lib/digest/rising-choice';
import type { KeptRising, KeptTopic } from '@/lib/rising/store';

const topic = (phrase: string, since: string, ...tags: string[]): KeptTopic => ({
  phrase,
  papers: 14,
  before: 3,
  growth: 4.5,
  score: 20,
  query: `+"${phrase}"`,
  weeks: [],
  shares: [],
  rise: { key: phrase, since: `2026-11-${since}T00:50:00.000Z`, seen: '' },
  newest: [],
  tags: tags.map((slug) => ({ slug, papers: 10, before: 1, growth: 3, weeks: [] })),
});
const rising: KeptRising = {
  span: 'month',
  asOf: new Date('2026-11-23T00:50:00Z'),
  recent: 3_000,
  topics: [
    topic('a', '10', 'lora'),
    topic('b', '18', 'speech-audio'),
    topic('c', '19', 'lora'),
    topic('d', '20'),
    topic('e', '21'),
  ],
  ended: [],
};
const until = new Date('2026-11-23T08:00:00Z');
const phrases = (changes: Partial<Parameters<typeof chooseRising>[1]>, to = until) =>
  chooseRising(rising, { tags: [], mutedTags: [], coveredUntil: null, ...changes }, to).map(
    ({ phrase }) => phrase,
  );

test('a first digest has the three strongest, with their figures and their search', () => {
  expect(phrases({})).toEqual(['a', 'b', 'c']);
  const [first] = chooseRising(rising, { tags: [], mutedTags: [], coveredUntil: null }, until);
  expect(first).toEqual({
    phrase: 'a',
    figures: '14 papers in the last 28 days, 3 in the 28 days before; share × 4.5',
    query: '+"a"',
  });
});

test('a later one has those that began to rise since, so that none is told twice', () => {
  const coveredUntil = new Date('2026-11-19T08:00:00Z');
  expect(phrases({ coveredUntil })).toEqual(['d', 'e']);
  expect(phrases({}, coveredUntil)).toEqual(['a', 'b', 'c']);
  expect(phrases({ coveredUntil: until })).toEqual([]);
});

test('they are of the tags that the reader follows, narrower ones too, and of none that is muted', () => {
  expect(phrases({ tags: ['peft'] })).toEqual(['a', 'c']);
  expect(phrases({ mutedTags: ['peft'] })).toEqual(['b', 'd', 'e']);
  expect(phrases({ tags: ['reinforcement-learning'] })).toEqual([]);
});

test('without rising topics there are none', () => {
  expect(chooseRising(undefined, { tags: [], mutedTags: [], coveredUntil: null }, until)).toEqual(
    [],
  );
});
