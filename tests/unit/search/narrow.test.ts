import { describe, expect, it } from 'vitest';
import type { Facets } from '@/lib/search/facets';
import { searchChips, yearPath } from '@/lib/search/narrow';
import { parseQuery } from '@/lib/search/query/parse';

const FACETS: Facets = {
  papers: 40,
  tags: [
    { slug: 'peft', name: 'Parameter-efficient fine-tuning', count: 30 },
    { slug: 'lora', name: 'LoRA', count: 12 },
    { slug: 'large-language-models', name: 'Large language models', count: 40 },
  ],
  categories: [{ category: 'cs.LG', count: 25 }],
  years: [
    { year: 2026, count: 15 },
    { year: 2025, count: 25 },
  ],
  withCode: 9,
};

const chipsOf = (text: string) => searchChips(parseQuery(text).query, FACETS);
const queryOf = ({ href }: { href: string }) => new URLSearchParams(href.split('?')[1]).get('q');

describe('the filters of a search', () => {
  it('offer what some of its papers have, not what all have, nor what is asked for already', () => {
    const { available } = chipsOf('memory tag:peft');
    expect(available.map(({ label }) => label)).toEqual(['LoRA', 'cs.LG', '2025', 'Has code']);
  });

  it('add to the words, to the filters and to the order', () => {
    const { available, groups } = chipsOf('memory tag:peft sort:new');
    expect(queryOf(available[0]!)).toBe('memory tag:peft tag:lora sort:new');
    const years = groups.find(({ name }) => name === 'Year')!.choices;
    expect(queryOf(years[0]!.add)).toBe('memory tag:peft after:2026 before:2027 sort:new');
    expect(years[0]!.leaveOut).toBeNull();
  });

  it('leave out, too', () => {
    const [tags, field] = chipsOf('memory').groups;
    expect(queryOf(tags!.choices[0]!.leaveOut!)).toBe('memory -tag:peft');
    expect(queryOf(field!.choices[0]!.leaveOut!)).toBe('memory -cat:cs.LG');
  });

  it('that are on can be turned round and taken away, each alone', () => {
    const { chosen } = chipsOf('memory tag:peft -cat:cs.LG');
    expect(chosen.map(({ label, kind }) => [label, kind])).toEqual([
      ['PEFT', 'with'],
      ['cs.LG', 'without'],
    ]);
    expect(queryOf(chosen[0]!.turn!)).toBe('memory -tag:peft -cat:cs.LG');
    expect(queryOf(chosen[0]!.remove)).toBe('memory -cat:cs.LG');
    expect(queryOf(chosen[1]!.turn!)).toBe('memory tag:peft cat:cs.LG');
  });

  it('say a year as one part, and other dates as two', () => {
    expect(chipsOf('memory after:2024 before:2025').chosen).toMatchObject([
      { label: '2024', turn: null, remove: { href: '/search?q=memory' } },
    ]);
    expect(chipsOf('after:2024-03 before:2025').chosen.map(({ label }) => label)).toEqual([
      'since 2024-03',
      'before 2025',
    ]);
  });

  it('have a part for each word that is wanted or left out, and none for plain words', () => {
    expect(chipsOf('low-rank memory "a phrase"').chosen).toEqual([]);
    expect(chipsOf('+memory -survey').chosen.map(({ name, kind }) => [name, kind])).toEqual([
      ['+memory', 'with'],
      ['survey', 'without'],
    ]);
  });

  it('are cleared all at once, and the words stay', () => {
    expect(queryOf(chipsOf('memory -survey tag:peft sort:top').clear)).toBe('memory sort:top');
  });
});

it('a year is added to what is asked for', () => {
  const path = yearPath(parseQuery('tag:peft').query, 2024);
  expect(path).toBe(`/search?q=${encodeURIComponent('tag:peft after:2024 before:2025')}`);
});
