import { expect, test } from 'vitest';
import {
  choicesInWords,
  searchHeading,
  searchWords,
  topicWords,
} from '@/lib/subscribers/choice-words';
import { DEFAULT_PREFERENCES } from '@/lib/subscribers/preferences';

test('tags of a subscription mean any of them, and the words say so', () => {
  expect(topicWords({ tags: [] })).toBe('all topics');
  expect(topicWords({ tags: ['peft'] })).toBe('PEFT');
  expect(topicWords({ tags: ['peft', 'lora', 'video'] })).toMatch(/^PEFT, LoRA or /);
});

test.each([
  ['tag:peft has:code', 'papers on PEFT, with code'],
  ['tag:peft tag:continual-learning', 'papers on both PEFT and continual learning'],
  [
    'tag:peft cat:cs.CL has:code -tag:lora',
    'papers on both PEFT and cs.CL, without LoRA, with code',
  ],
  [
    'tag:peft tag:lora tag:continual-learning',
    'papers on all of PEFT, LoRA and continual learning',
  ],
  ['has:code', 'papers with code'],
  ['-tag:lora', 'papers without LoRA'],
  ['tag:peft adapters', 'papers that match “tag:peft adapters”'],
  ['tag:peft -cat:cs.CL', 'papers that match “tag:peft -cat:cs.CL”'],
  ['tag:peft sort:new', 'papers that match “tag:peft sort:new”'],
])(
  'a saved search that was a page’s filter is said as one, of which all must fit: %s',
  (query, words) => {
    expect(searchWords(query)).toBe(words);
  },
);

test('a search for an author is said as the author’s papers', () => {
  expect(searchWords('author:"Yann LeCun"')).toBe('papers by Yann LeCun');
  expect(searchHeading('author:"Yann LeCun"')).toBe('Papers by Yann LeCun');
  expect(searchWords('-author:Hu')).toBe('papers that match “-author:Hu”');
});

test('a section of a digest is headed by the filter, or by the search as typed', () => {
  expect(searchHeading('tag:peft tag:lora')).toBe('Papers on both PEFT and LoRA');
  expect(searchHeading('whale songs')).toBe('Search: whale songs');
});

test('all that was chosen is named', () => {
  const choices = choicesInWords({
    ...DEFAULT_PREFERENCES,
    tags: ['peft', 'lora'],
    mutedTags: ['continual-learning'],
    searches: ['tag:peft has:code', 'whale songs'],
    maxPapers: 1,
  });
  expect(choices.map(({ label, value }) => `${label}: ${value}`)).toEqual([
    'Topics: PEFT or LoRA',
    'Also: papers on PEFT, with code; papers that match “whale songs”',
    'Left out: Continual learning',
    'When: every Monday at 08:00 (UTC)',
    'Length: one paper',
  ]);
});
