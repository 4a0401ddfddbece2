import { expect, it } from 'vitest';
import { readLibraryQuery } from '@/lib/readers/library-query';

const NONE = { inLibrary: false, shelf: null, state: null, label: null, messages: [] };

it.each([
  ['lora memory', { text: 'lora memory' }],
  ['in:library lora', { text: 'lora', inLibrary: true }],
  ['lora shelf:thesis -survey', { text: 'lora -survey', inLibrary: true, shelf: 'thesis' }],
  ['state:unread', { text: '', inLibrary: true, state: 'unread' }],
  ['State:to-read x', { text: 'x', inLibrary: true, state: 'unread' }],
  ['label:"chapter 3" tag:peft', { text: 'tag:peft', inLibrary: true, label: 'chapter 3' }],
  // What means something else is left to the search of papers.
  ['in:context learning', { text: 'in:context learning' }],
  ['"in:library"', { text: '"in:library"' }],
])('a search reads %s', (typed, read) => {
  expect(readLibraryQuery(typed)).toEqual({ ...NONE, ...read });
});

it('an unknown reading state is said, not searched', () => {
  const { state, messages } = readLibraryQuery('state:later');
  expect([state, messages]).toEqual([null, ['“state:” wants one of unread, reading, read.']]);
});
