import { expect, test } from 'vitest';
import { headerText, quotedPrintable } from '@/lib/mail/wire/encode';
import { oneLine } from '@/lib/runtime/one-line';

function decode(encoded: string): string {
  const bytes = encoded
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8').replace(/\r\n/g, '\n');
}

test('quoted-printable decodes to what went in, in lines that survive any relay', () => {
  let seed = 7;
  const random = (below: number) => {
    seed = (seed * 48271) % 2147483647;
    return seed % below;
  };
  const alphabet = [
    ...'ab=.F r%&?\n\t',
    'From ',
    '=3D',
    '==',
    '  ',
    'ä',
    '論',
    '😀',
    'https://x.example/?a=b',
  ];
  for (let round = 0; round < 3000; round++) {
    const text = Array.from(
      { length: random(120) },
      () => alphabet[random(round % 2 ? 9 : alphabet.length)],
    ).join('');
    const encoded = quotedPrintable(text);
    expect(decode(encoded)).toBe(text);
    for (const line of encoded.split('\r\n')) {
      expect(line.length).toBeLessThanOrEqual(76);
      expect(line).not.toMatch(/^\.|^From |[ \t]$| {2}|\t|[^\x20-\x7e]|=$(?<!=)|=[0-9A-F]$/);
    }
    if (text !== '') expect(encoded.endsWith('\r\n')).toBe(true);
  }
});

test('pieces put one after another decode to their texts put one after another', () => {
  const pieces = [
    '<a href="',
    'https://x.example/?token=abc&x=.Fr',
    '">',
    '.',
    'From ',
    'x\n',
    ' y',
  ];
  expect(decode(pieces.map(quotedPrintable).join(''))).toBe(pieces.join(''));
});

test('a header stays on lines of its own, whatever is in it', () => {
  for (const text of [
    'a\r\nBcc: x',
    'ä'.repeat(200),
    'word '.repeat(100),
    '=?utf-8?B?eA==?=',
    '\u202e x',
  ]) {
    for (const line of headerText(text, 9).split('\r\n').slice(1)) expect(line).toMatch(/^ \S/);
  }
  expect(oneLine('a\u0000b\u2028c \u202ed')).toBe('a b c d');
});
