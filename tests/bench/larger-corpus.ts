import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { ARXIV_100K, CORPUS, type Corpus } from './corpus';
import { randomNumbers } from './simulated-readers';

const TIMES = 5;
/** One word in so many gives way to one of the paper before, so that words keep how frequent they are. */
const CHANGED = 8;
/** One word in so many is one that nobody wrote: a larger corpus has more rare words. */
const MADE_UP = 150;
/** Days that each copy is older than the one before. */
const DAYS = 45;
/** No month of the corpus has so many papers: ids from here on are free. */
const FIRST_NUMBER = 40_000;
const WORD = /(?<![\\\p{L}])\p{L}{4,}/gu;

/** The corpus five times over: itself, and four copies with other words, ids and dates. */
export const FIVEFOLD: Corpus = {
  name: 'broadsheet_corpus_fivefold',
  papers: TIMES * ARXIV_100K.papers,
  read: () => Readable.from(allLines()),
};

async function* allLines(): AsyncGenerator<Buffer> {
  const numbers = new Map<string, number>();
  const titles = new Set<string>();
  const random = randomNumbers(1);
  let before = ['paper'];
  for (let copy = 0; copy < TIMES; copy++) {
    for await (const line of createInterface({
      input: createReadStream(CORPUS).pipe(createGunzip()),
    })) {
      const { title, abstract, date, ...rest } = JSON.parse(line);
      if (copy === 0) {
        titles.add(title.toLowerCase());
        yield Buffer.from(`${line}\n`);
        continue;
      }
      const other = () => before[Math.floor(random() * before.length)]!;
      const words: string[] = [];
      const change = (word: string) => {
        words.push(word);
        const at = random();
        if (at < 1 / MADE_UP) return half(word) + half(other());
        return at < 1 / MADE_UP + 1 / CHANGED ? other() : word;
      };
      let changed = title.replace(WORD, change);
      while (titles.has(changed.toLowerCase())) changed += ` ${other()}`;
      titles.add(changed.toLowerCase());
      const shifted = new Date(Date.parse(date) - copy * DAYS * 86_400_000)
        .toISOString()
        .slice(0, 10);
      yield Buffer.from(
        `${JSON.stringify({
          ...rest,
          id: `arxiv:${nextId(shifted, numbers)}`,
          title: changed,
          abstract: abstract.replace(WORD, change),
          date: shifted,
          year: Number(shifted.slice(0, 4)),
        })}\n`,
      );
      if (words.length > 0) before = words;
    }
  }
}

const half = (word: string) => word.slice(0, Math.ceil(word.length / 2));

function nextId(date: string, numbers: Map<string, number>): string {
  const month = date.slice(2, 7).replace('-', '');
  const number = numbers.get(month) ?? FIRST_NUMBER;
  numbers.set(month, number + 1);
  return `${month}.${number}`;
}
