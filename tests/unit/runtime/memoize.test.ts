import { expect, it } from 'vitest';
import { memoize } from '@/lib/runtime/memoize';

it('says of every part what was asked, also of more and longer ones than are remembered', () => {
  const mirrored = memoize((part) => [...part].reverse().join(''));
  const parts = Array.from({ length: 100_000 }, (_, i) => `${i}ß`).concat(
    '',
    '中文',
    'x'.repeat(99),
  );
  for (const round of [1, 2]) {
    for (const part of parts) {
      const said = mirrored(`<${part}>`, 1, 1 + part.length);
      if (said !== [...part].reverse().join('')) expect(`${part} in round ${round}`).toBe(said);
    }
  }
});

it('tells apart what a copy in another encoding would not', () => {
  const codes = memoize((part) => part.charCodeAt(0));
  for (const code of [0xd800, 0xdfff, 0xfffd, 0x63, 0x163, 0xd800, 0x163]) {
    expect(codes(String.fromCharCode(code), 0, 1)).toBe(code);
  }
});

it('asks once for a part that comes again, wherever it stands', () => {
  const asked: string[] = [];
  const length = memoize((part) => asked.push(part) && part.length);
  expect([length('a paper', 2, 7), length('paper', 0, 5), length('papers', 0, 5)]).toEqual([
    5, 5, 5,
  ]);
  expect(asked).toEqual(['paper']);
});
