import { readFileSync } from 'node:fs';
import { compared } from '../fixtures/bibtex-judge';

/**
 * How often our reader of BibTeX and a kept parser agree on the files named, and where they do not:
 * `node --import tsx tests/bench/bibtex-readers.ts FILE…`. Both write formulas as plain text, each in its
 * way, so titles are compared without the signs that these ways differ in.
 */
const same = { title: 0, authors: 0 };
let entries = 0;
for (const path of process.argv.slice(2)) {
  for (const { entry, ours, theirs } of await compared(readFileSync(path, 'utf8'))) {
    if (!theirs || theirs.title === '') continue;
    entries++;
    for (const field of ['title', 'authors'] as const) {
      const [mine, judge] = [ours?.[field], theirs[field]];
      if (comparable(mine) === comparable(judge)) same[field]++;
      else console.log(`${path} ${entry}, ${field}\n  ours   ${mine}\n  theirs ${judge}`);
    }
  }
}
for (const [field, count] of Object.entries(same)) {
  console.log(
    `${field}: ${count} of ${entries} the same, ${((100 * count) / entries).toFixed(2)} %`,
  );
}

function comparable(value: string | readonly string[] | undefined): string {
  if (typeof value !== 'string') return JSON.stringify(value ?? null);
  return value.replace(/[\s_^(){}\u2062]/g, '').replaceAll('∘', '°');
}
