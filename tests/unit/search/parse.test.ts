import { describe, expect, it } from 'vitest';
import {
  formatClause,
  formatQuery,
  type SearchQuery,
  withoutClause,
} from '@/lib/search/query/clause';
import { parseQuery } from '@/lib/search/query/parse';

const kinds = (text: string) =>
  parseQuery(text).query.clauses.map(
    ({ kind, value, exclude, require }) =>
      `${exclude ? '-' : ''}${require ? '+' : ''}${kind}=${value}`,
  );

describe('parseQuery', () => {
  it('reads the whole language in one line', () => {
    const { query, messages } = parseQuery(
      'lora "catastrophic forgetting" -survey tag:peft -tag:lora author:"Edward Hu" title:adapter cat:cs.CL after:2024-01 before:2025 has:code id:2106.09685 transf* sort:new',
    );
    expect(messages).toEqual([]);
    expect(query.sort).toBe('new');
    expect(formatQuery(query)).toContain(
      'lora "catastrophic forgetting" -survey tag:peft -tag:lora',
    );
    expect(formatQuery(query)).toContain(
      'author:"Edward Hu" title:adapter cat:cs.CL after:2024-01 before:2025 has:code id:2106.09685 transf* sort:new',
    );
  });

  it.each([
    ['2106.09685', 'id=2106.09685'],
    ['arXiv:2106.09685v2', 'id=2106.09685'],
    ['https://arxiv.org/abs/2106.09685v3', 'id=2106.09685'],
    ['https://arxiv.org/pdf/2106.09685.pdf', 'id=2106.09685'],
    ['http://arxiv.org/abs/cs/0112017', 'id=cs/0112017'],
    ['https://huggingface.co/papers/2106.09685', 'id=2106.09685'],
    ['https://doi.org/10.48550/arXiv.2106.09685', 'id=2106.09685'],
    ['arXiv:2106.09685 [cs.CL]', 'id=2106.09685'],
    ['arXiv: 2106.09685v2 [cs.CL]', 'id=2106.09685'],
    ['<https://arxiv.org/abs/2106.09685>', 'id=2106.09685'],
    ['https://arxiv.org/abs/2106.09685.', 'id=2106.09685'],
    ['math.GT/0309136', 'id=math/0309136'],
    ['https://ar5iv.labs.arxiv.org/html/2106.09685', 'id=2106.09685'],
    ['https://www.alphaxiv.org/overview/2106.09685', 'id=2106.09685'],
    ['arxiv.org/abs/2106.09685', 'id=2106.09685'],
    ['"2106.09685"', 'id=2106.09685'],
  ])('takes the pasted %s for a paper', (text, clause) => {
    expect(kinds(text)).toEqual([clause]);
  });

  it('finds ids and addresses among other words, and never takes http for a word', () => {
    expect(kinds('https://arxiv.org/abs/2106.09685, https://arxiv.org/abs/1706.03762.')).toEqual([
      'id=2106.09685',
      'id=1706.03762',
    ]);
    expect(kinds('LoRA, arXiv:2106.09685 [cs.CL]')).toEqual(['word=LoRA', 'id=2106.09685']);
    expect(kinds('see (https://arxiv.org/abs/2106.09685)')).toEqual(['word=see', 'id=2106.09685']);
    expect(kinds('https://example.org/page')).toEqual(['word=example.org/page']);
  });

  it.each([
    ['pre-train*', ['prefix=pretrain']],
    ['GPT-4*', ['prefix=gpt4']],
    ['low-rank*', ['phrase=low-rank*']],
    ['-low-rank*', ['-phrase=low-rank*']],
    ['"low rank adapt*"', ['phrase=low rank adapt*']],
    ['author:Vaswan*', ['author=Vaswan*']],
    ['title:quantiz*', ['title=quantiz*']],
    ['author: "Edward Hu"', ['author=Edward Hu']],
    ['lora AND NOT survey', ['word=lora', '-word=survey']],
    ['lora NOT "a survey"', ['word=lora', '-phrase=a survey']],
    ['lora −survey', ['word=lora', '-word=survey']],
    ['DO NOT TRUST', ['word=DO', 'word=NOT', 'word=TRUST']],
    ['Think before: planning', ['word=Think', 'word=before', 'word=planning']],
    ['NOT survey', ['-word=survey']],
    ['lora NOT', ['word=lora', 'word=NOT']],
    ['lora AND quantization', ['word=lora', 'word=AND', 'word=quantization']],
    ['attention (NOT all) you', ['word=attention', 'word=NOT', 'word=all', 'word=you']],
    ['"attention is NOT all" lora', ['phrase=attention is NOT all', 'word=lora']],
    ['title:"do NOT trust" "low −rank"', ['title=do NOT trust', 'phrase=low −rank']],
    ['+lora +"low rank" +transf*', ['+word=lora', '+phrase=low rank', '+prefix=transf']],
    ['+title:lora C++ a+b', ['title=lora', 'word=C', 'word=a+b']],
    ['"low rank" +"low rank"', ['phrase=low rank', '+phrase=low rank']],
    ['-+lora --qlora', ['-word=lora', '-word=qlora']],
    ['- lora', ['word=lora']],
    ['-"low rank" -title:x -transf*', ['-phrase=low rank', '-title=x', '-prefix=transf']],
    ['“low rank” «low rank» „x”', ['phrase=low rank', 'phrase=x']],
    ['a\u0000b\u2028c\u00a0d', ['word=a', 'word=b', 'word=c', 'word=d']],
    [
      '(lora), [rank]; $x$ C# O’Hara',
      ['word=lora', 'word=rank', 'word=$x$', 'word=C', 'word=O’Hara'],
    ],
    ['$\\ell_{1}$-norm', ['word=$\\ell_{1}$-norm']],
    ['fine*tune', ['prefix=fine', 'word=tune']],
    ['"low* rank* adapt*"', ['phrase=low rank adapt*']],
    ['(lora*)', ['prefix=lora']],
    ['Title:LoRA HAS:Code', ['title=LoRA', 'has=code']],
    [
      'title: x tag: peft cat: cs.CL id: 2106.09685',
      ['title=x', 'tag=peft', 'cat=cs.CL', 'id=2106.09685'],
    ],
    ['-author: Hu', ['-author=Hu']],
    ['has: code after: 2024-01-31', ['has=code', 'after=2024-01-31']],
    [
      'What LLMs has: limits, sort: of',
      ['word=What', 'word=LLMs', 'word=has', 'word=limits', 'word=sort', 'word=of'],
    ],
    ['"…" — lora', ['word=lora']],
    ['arXiv:2106.09685v2 [cs.CL] lora', ['id=2106.09685', 'word=lora']],
    ['-arXiv:2106.09685', ['-id=2106.09685']],
    ['-2106.09685 lora', ['-id=2106.09685', 'word=lora']],
    ['"2106.09685v1" lora', ['id=2106.09685', 'word=lora']],
    ['tag:peft tag:PEFT', ['tag=peft']],
    ['lora lora', ['word=lora', 'word=lora']],
    ['-lora -LoRA lora', ['-word=lora', 'word=lora']],
    ['"low rank" -"low rank"', ['phrase=low rank', '-phrase=low rank']],
    ['title:lora author:lora', ['title=lora', 'author=lora']],
    ['a: :b', ['word=a', 'word=b']],
  ])('reads %s as it is meant, and says nothing', (text, clauses) => {
    expect(kinds(text)).toEqual(clauses);
    expect(parseQuery(text).messages).toEqual([]);
  });

  it.each([
    ['foo:bar', /no field “foo:”/],
    ['after:yesterday lora', /“after:” wants a date/],
    ['after:2023-02-30', /“after:” wants a date/],
    ['cat:42', /“cat:” wants an arXiv category/],
    ['has:video', /“has:” knows code/],
    ['tag:no-such-tag', /no tag “no-such-tag”/],
    ['sort:random', /“sort:” wants one of/],
    ['"not closed', /not closed/],
    ['ab*', /too short/],
    ['"rank ab*"', /too short/],
    ['lora OR adapters', /“OR” was not read/],
    ['after:2025 before:2024', /No paper can be after/],
    ['x'.repeat(5_000), /first 4000 characters/],
    ['title:— lora', /“title:” wants words; “title:—” was left out/],
    ['author:"!!"', /“author:” wants a name/],
    ['id:lora', /“id:” wants an arXiv id/],
    [
      'foo:"bar baz"',
      /no field “foo:”.*Fields: title: author: tag: cat: after: before: has: id: sort:\.$/,
    ],
    ['arxiv:lora', /no field “arxiv:”/],
    ['title:"rank ab*"', /“rank ab\*” is too short: the start of a word needs 3 letters/],
    ['author:Hu*', /“Hu\*” is too short/],
    ['low-ra*', /“low-ra\*” is too short/],
    ['sort:random', /“sort:” wants one of relevance, new, trending, top\.$/],
    ['or OR x', /“OR” was not read/],
    [
      'after:2024-05 after:2025 before:2025-01 before:2026',
      /^No paper can be after 2025 and before 2025-01\.$/,
    ],
    ['after:2024 before:2024', /No paper can be after 2024 and before 2024/],
  ])('says what it did not understand in %s', (text, message) => {
    expect(parseQuery(text).messages.join('\n')).toMatch(message);
  });

  it.each([
    ['LORA OR QLORA'],
    ['lora OR'],
    ['lORa ORacle'],
    ['"closed" quotes'],
    ['after:2024 before:2024-02'],
    ['-after:2025 before:2024'],
    ['after:2025 -before:2024'],
    ['author:Hua*'],
    ['ab-cde*'],
    ['SORT:NEW'],
  ])('has nothing to say of %s', (text) => {
    expect(parseQuery(text).messages).toEqual([]);
  });

  it('says a thing once, however often it is so', () => {
    expect(parseQuery('sort:a sort:b foo:x foo:y').messages).toHaveLength(2);
  });

  it('takes the last order that is asked for, written in any case', () => {
    expect(parseQuery('sort:new sort:Top sort:worst').query.sort).toBe('top');
    expect(parseQuery('sort: trending lora').query.sort).toBe('trending');
    expect(parseQuery('lora').query.sort).toBeNull();
  });

  it('bounds what a query costs, and says what it left out', () => {
    const words = (count: number) => Array.from({ length: count }, (_, i) => `w${i}`).join(' ');
    const filters = (count: number) => words(count).replaceAll('w', '-w');
    const size = (text: string) => parseQuery(text).query.clauses.length;
    const said = (text: string) => parseQuery(text).messages;
    expect([size(words(250)), said(words(250))]).toEqual([250, []]);
    expect([size(words(251)), said(words(251))]).toEqual([
      250,
      ['Only the first 250 words were searched for.'],
    ]);
    const both = `${words(250)} ${filters(24)}`;
    expect([size(both), said(both)]).toEqual([274, []]);
    expect([size(`${both} -x`), said(`${both} -x`)]).toEqual([
      274,
      ['Only the first 24 filters were used.'],
    ]);
    expect(said(`${both} -w1 -w1`)).toEqual([]);
    const longest = `${'x'.repeat(3_990)} 123456789`;
    expect(kinds(longest).at(-1)).toBe('word=123456789');
    expect(said(longest)).toEqual([]);
    expect(kinds(`${longest}0`).at(-1)).toBe('word=123456789');
    expect(said(`${longest}0`)).toEqual(['Only the first 4000 characters of the query were read.']);
    expect(said(`lora${' '.repeat(5_000)}rank`)).toEqual([]);
  });

  it('keeps the rest of a query when a part is bad', () => {
    expect(kinds('after:yesterday lora')).toEqual(['word=lora']);
    expect(kinds('foo:bar lora')).toEqual(['word=foo', 'word=bar', 'word=lora']);
    expect(kinds('foo:"bar baz" lora')).toEqual(['phrase=bar baz', 'word=lora']);
    expect(kinds('title:"rank ab*"')).toEqual(['title=rank ab']);
    expect(kinds('low-ra* ab*')).toEqual(['word=low-ra', 'word=ab']);
    expect(kinds('"a" "not closed')).toEqual(['phrase=a', 'phrase=not closed']);
  });

  it('leaves titles with a colon and URLs alone', () => {
    expect(parseQuery('BERT: Pre-training of Deep Bidirectional Transformers').messages).toEqual(
      [],
    );
    expect(parseQuery('https://example.org/page').messages).toEqual([]);
  });

  it('takes tags by slug and by name, categories in any case', () => {
    expect(kinds('tag:"Continual pre-training"')).toEqual(['tag=continual-pre-training']);
    expect(kinds('cat:CS.cl')).toEqual(['cat=cs.CL']);
    expect(kinds('cat:cond-mat.mes-hall')).toEqual(['cat=cond-mat.mes-hall']);
  });

  it('removes one clause at a time', () => {
    const { query } = parseQuery('lora "fine tuning" -survey');
    expect(formatQuery(withoutClause(query, 1))).toBe('lora -survey');
  });

  it('keeps the order when a clause is removed', () => {
    const { query } = parseQuery('lora rank sort:new');
    expect(formatQuery(withoutClause(query, 0))).toBe('rank sort:new');
  });

  it('spells each clause as one types it', () => {
    const spelt = (text: string) => parseQuery(text).query.clauses.map(formatClause);
    expect(spelt('-"low rank" -lora transf* title:x author:"Edward Hu"')).toEqual([
      '-"low rank"',
      '-lora',
      'transf*',
      'title:x',
      'author:"Edward Hu"',
    ]);
  });

  it('turns no word into an exclusion when it is spelt anew', () => {
    for (const text of ['attention (NOT all) you', 'NOT: all', 'DO NOT TRANSF*']) {
      const { clauses } = parseQuery(formatQuery(parseQuery(text).query)).query;
      expect(clauses.filter(({ exclude }) => exclude)).toEqual([]);
    }
  });

  it('gives a query for any string, and reads its own spelling back unchanged', () => {
    const pieces = [
      'lora',
      '"',
      '-',
      ':',
      'tag:',
      'author:',
      'sort:new',
      '*',
      'transf*',
      '\0',
      '😀',
      '\ud800',
      '\\',
      '$\\alpha$',
      "'",
      '(',
      ')',
      '&',
      '|',
      '!',
      '<->',
      '%',
      '_',
      '\u202e',
      'é',
      'Ω',
      '日本',
      'after:2024',
      'id:2106.09685',
      '2106.09685',
      ' ',
      '\n',
      '\t',
      '+',
      '--',
      '“',
      '”',
      '«',
      'http://',
      "\\'e",
      '{',
      '}',
      '1,000',
      'GPT-4',
      'pre-train*',
      '"low rank adapt*"',
      'author:Vaswan*',
      '2aα*',
      '2a\u{1d6fc}*',
      'author:',
      '−survey',
      ' NOT ',
      'NOT',
      'arXiv:',
      '[cs.CL]',
      ';drop table paper',
      'a'.repeat(300),
    ];
    const shape = ({ clauses }: SearchQuery) =>
      clauses.map(({ kind, exclude }) => `${exclude ? '-' : ''}${kind}`).join(' ');
    let seed = 7;
    const random = (n: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % n;
    };
    for (let i = 0; i < 10_000; i++) {
      const text = Array.from({ length: random(12) }, () => pieces[random(pieces.length)]).join(
        random(2) ? ' ' : '',
      );
      const { query } = parseQuery(text);
      const canonical = formatQuery(query);
      const again = parseQuery(canonical).query;
      expect(formatQuery(again), JSON.stringify(text)).toBe(canonical);
      expect(shape(again), JSON.stringify(text)).toBe(shape(query));
    }
  });
});
