import { describe, expect, it } from 'vitest';
import { editedProfile, type ProfileWord, profileOf, savedWords } from '@/lib/interests/profile';
import type { Lexicon } from '@/lib/search/index/lexicon';

const lexicon = (counts: Record<string, number> = {}): Lexicon => ({
  size: { papers: 1_000, meanLength: 10 },
  papers: (stem) => counts[stem] ?? 20,
});
const stemsOf = (words: readonly ProfileWord[]) => words.map(({ stem }) => stem);

describe('the words of an interest', () => {
  it('begin with those that many saved papers have and few others do', () => {
    const saved = [1, 2, 3].map((id) => savedWords(id, 'graph learn method\n\nmethod result'));
    const words = profileOf(saved, lexicon({ graph: 10, learn: 300, method: 900, result: 950 }));
    expect(stemsOf(words)).toEqual(['graph', 'learn', 'method', 'result']);
  });

  it('put a word of many saved papers before one that a single paper repeats', () => {
    const saved = [
      savedWords(1, 'prune\n\nprune prune prune'),
      savedWords(2, 'sparse'),
      savedWords(3, 'sparse'),
    ];
    expect(stemsOf(profileOf(saved, lexicon()))[0]).toBe('sparse');
  });

  it('are no numbers, single letters or words that no other paper has', () => {
    const words = profileOf([savedWords(1, '2024 x graph owncoined')], lexicon({ owncoined: 1 }));
    expect(stemsOf(words)).toEqual(['graph']);
  });

  it('name the saved papers that brought them, the first one most', () => {
    const saved = [
      savedWords(1, 'graph'),
      savedWords(2, 'graph graph graph'),
      savedWords(3, 'graph graph'),
      savedWords(4, 'graph'),
      savedWords(5, 'other'),
    ];
    const word = profileOf(saved, lexicon()).find(({ stem }) => stem === 'graph')!;
    expect(word.from.map(({ paper }) => paper)).toEqual([2, 3, 1]);
    expect(word.from[0]!.share).toBeGreaterThan(word.from[1]!.share);
  });

  it('are at most two hundred, and none of no papers', () => {
    const text = Array.from({ length: 300 }, (_, i) => `word${i}`).join(' ');
    expect(profileOf([savedWords(1, text)], lexicon())).toHaveLength(200);
    expect(profileOf([], lexicon())).toEqual([]);
  });
});

describe('a reader’s own words', () => {
  const words: ProfileWord[] = [
    { stem: 'graph', query: 2, weight: 10, from: [{ paper: 1, share: 1 }] },
    { stem: 'learn', query: 1, weight: 4, from: [] },
  ];

  it('replace those of the saved papers: one left out is gone, one taken in stands among the first', () => {
    const edited = editedProfile(words, { added: ['robot'], dropped: ['graph'] });
    expect(edited.map(({ stem, weight }) => [stem, weight])).toEqual([
      ['robot', 7],
      ['learn', 4],
    ]);
  });

  it('keep the papers of a word that was there', () => {
    const [first] = editedProfile(words, { added: ['graph'], dropped: [] });
    expect(first).toMatchObject({ stem: 'graph', from: [{ paper: 1, share: 1 }] });
  });

  it('stand for an interest that has no others', () => {
    const edited = editedProfile([], { added: ['robot'], dropped: [] });
    expect(edited).toEqual([{ stem: 'robot', query: 1, weight: 1, from: [] }]);
  });
});
