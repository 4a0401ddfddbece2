/** Letters that Unicode does not take apart into a Latin one and a mark, in plain ones. */
export const PLAIN_LETTERS: Record<string, string> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  Ł: 'L',
  Ø: 'O',
  Đ: 'D',
  Ð: 'D',
  Þ: 'Th',
  Æ: 'Ae',
  Œ: 'Oe',
};

/** The text with ASCII letters in place of their relatives. What has no such relative is kept. */
export function toAscii(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[łøđðþßæœıŁØĐÐÞÆŒ]/g, (letter) => PLAIN_LETTERS[letter]!);
}
