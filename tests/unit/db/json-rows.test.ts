import { expect, it } from 'vitest';
import { JsonRows } from '@/lib/db/json-rows';

it('holds the rows as JSON.stringify gives them, whatever their size and script', () => {
  const given = [
    { id: 1, text: 'Poincaré — 龍 🐉 "quoted" \\ \n', at: new Date(0), none: null },
    { id: 2, text: '\ud800 alone', list: ['α', 'β'] },
    { id: 3, text: 'x'.repeat(100_000) },
    ...Array.from({ length: 2_000 }, (_, id) => ({ id, text: '–'.repeat(id % 50) })),
  ];
  const rows = new JsonRows(given.slice(0, 2));
  for (const row of given.slice(2)) rows.add(row);
  expect(rows.parameter().toString()).toBe(JSON.stringify(given));
});

it('of no rows is an empty list', () => {
  expect(new JsonRows().parameter().toString()).toBe('[]');
});
