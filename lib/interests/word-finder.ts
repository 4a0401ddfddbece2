const PLACES = 1 << 14;
const SPACE = 32;

/**
 * A function that counts some words in texts, and all words along with them. Of most words it looks at the
 * first and last letter and the length alone: to cut each out and look it up takes several times as long.
 */
export function wordFinder<T>(words: ReadonlyMap<string, T>) {
  const maybe = new Uint8Array(PLACES);
  for (const word of words.keys()) maybe[placeOf(word, 0, word.length)] = 1;
  return (text: string): { times: Map<T, number>; length: number } => {
    const times = new Map<T, number>();
    let length = 0;
    for (let start = 0; start < text.length; ) {
      let end = start;
      // Blanks and line breaks part the words.
      while (text.charCodeAt(end) > SPACE) end++;
      if (end > start) {
        length += 1;
        if (maybe[placeOf(text, start, end)] === 1) {
          const found = words.get(text.slice(start, end));
          if (found !== undefined) times.set(found, (times.get(found) ?? 0) + 1);
        }
      }
      start = end + 1;
    }
    return { times, length };
  };
}

const placeOf = (text: string, start: number, end: number) =>
  (text.charCodeAt(start) * 961 + text.charCodeAt(end - 1) * 31 + end - start) & (PLACES - 1);
