import { expect, test } from 'vitest';
import { risesOf } from '@/lib/rising/rises';

const day = (date: string) => new Date(`${date}T00:50:00Z`);
const found = (date: string, known: Parameters<typeof risesOf>[1], ...topics: string[][]) =>
  risesOf(
    topics.map((keys) => ({ keys })),
    known,
    day(date),
  );

test('a topic rises since it was first found, whatever it is called the day after', () => {
  const first = found('2026-06-01', [], ['agent memory', 'memory']);
  const next = found('2026-06-02', first.rises, ['memory', 'agent memory'], ['skill']);
  expect(next.rises).toMatchObject([
    { key: 'agent memory', since: day('2026-06-01').toISOString() },
    { key: 'skill', since: day('2026-06-02').toISOString() },
  ]);
});

test('one that is gone for days goes on with its rise, one that is gone for longer rises anew', () => {
  const { rises } = found('2026-06-01', [], ['agent memory']);
  const { ended } = found('2026-06-10', rises);
  expect(found('2026-06-20', ended, ['agent memory']).rises[0]).toMatchObject({
    since: day('2026-06-01').toISOString(),
  });
  const later = found('2026-06-30', ended, ['agent memory']);
  expect(later.rises[0]).toMatchObject({ since: day('2026-06-30').toISOString() });
  expect(later.ended).toEqual([]);
});

test('as of the past nothing rises since a moment that is to come', () => {
  const { rises } = found('2026-06-01', [], ['agent memory']);
  expect(found('2026-03-01', rises, ['agent memory']).rises[0]).toMatchObject({
    since: day('2026-03-01').toISOString(),
  });
});

test('two topics never share a rise', () => {
  const { rises } = found('2026-06-01', [], ['agent memory', 'memory']);
  const next = found('2026-06-02', rises, ['agent memory'], ['memory']);
  expect(new Set(next.rises.map(({ key }) => key)).size).toBe(2);
});
