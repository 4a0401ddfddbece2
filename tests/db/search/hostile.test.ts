import { beforeAll, expect, it } from 'vitest';
import { indexPapers } from '@/lib/search/index/store';
import { searchEngine } from '@/lib/search/rank/engines';
import { search } from '@/lib/search/search';
import { testDatabase } from '@/tests/db/database';
import { addPaper } from './papers';

const db = await testDatabase();
const STRINGS = 1_500;

beforeAll(async () => {
  const ids = [];
  for (let i = 0; i < 5; i++) {
    ids.push(await addPaper(db, { title: `LoRA adapters ${i}`, abstract: 'Low-rank adaptation.' }));
  }
  await indexPapers(db, ids);
});

const PIECES = [
  'lora',
  'low-rank',
  'adapters',
  '"',
  "'",
  "''",
  '\\',
  '\\\\',
  '(',
  ')',
  '&',
  '|',
  '!',
  '<->',
  '<0>',
  ':*',
  ':A',
  ':',
  '*',
  '-',
  '--',
  '+',
  '%',
  '_',
  ';',
  '\0',
  '\u0001',
  '\r\n',
  '\t',
  '💥',
  '\ud800',
  '\udfff',
  '\u202e',
  '\ufeff',
  'ﬁ',
  'ß',
  'İ',
  'é',
  'e\u0301',
  'α',
  '日本語',
  'مرحبا',
  '٣',
  'tag:peft',
  'tag:',
  'author:"O\'Brien"',
  'author:hu',
  'title:"a b"',
  'cat:cs.CL',
  'after:2024-02-30',
  'after:2020',
  'before:9999',
  'has:code',
  'id:2106.09685',
  'sort:new',
  'sort:trending',
  'transf*',
  'a*',
  '-survey',
  '-"x y"',
  "'; drop table paper; --",
  "' or '1'='1",
  '$$',
  '$1',
  '{{x}}',
  '<script>',
  'to_tsquery(',
  '::tsquery',
  'null',
  'undefined',
  '__proto__',
  'constructor',
  'NaN',
  '1e309',
  'a'.repeat(10_000),
  '"'.repeat(500),
  'word '.repeat(2_000),
  '-'.repeat(3_000),
  '('.repeat(1_000),
  'author:x '.repeat(100),
  '"a b" '.repeat(200),
];

it(`answers ${STRINGS} hostile strings in every order, and never fails`, async () => {
  const offered = await searchEngine(db);
  let seed = 20;
  const random = (n: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed % n;
  };
  const strange = () => String.fromCodePoint(random(0x10ffff));
  for (let i = 0; i < STRINGS; i++) {
    const text = Array.from({ length: random(9) }, () =>
      random(5) === 0 ? strange() : PIECES[random(PIECES.length)],
    ).join(random(2) ? ' ' : '');
    const engine = i % 4 === 0 ? 'gin-bm25' : offered;
    const after = random(3) === 0 ? text.slice(0, 20) : null;
    const found = await search(db, text, { limit: 3, engine, after })
      .page()
      .catch((error) => {
        throw new Error(`${JSON.stringify(text.slice(0, 300))}: ${error.message}`);
      });
    expect(found.ids.length).toBeLessThanOrEqual(3);
  }
}, 600_000);
