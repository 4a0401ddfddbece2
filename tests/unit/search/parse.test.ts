import { describe, expect, it } from 'vitest';
import { formatQuery, withoutClause } from '@/lib/search/query/clause';
import { parseQuery } from '@/lib/search/query/parse';

const kinds = (text: string) =>
  parseQuery(text).query.clauses.map(
    ({ kind, value, exclude }) => `${exclude ? '-' : ''}${kind}=${value}`,
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
  ])('says what it did not understand in %s', (text, message) => {
    expect(parseQuery(text).messages.join('\n')).toMatch(message);
  });

  it('keeps the rest of a query when a part is bad', () => {
    expect(kinds('after:yesterday lora')).toEqual(['word=lora']);
    expect(kinds('foo:bar lora')).toEqual(['word=foo', 'word=bar', 'word=lora']);
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
      'arXiv:',
      '[cs.CL]',
      ';drop table paper',
      'a'.repeat(300),
    ];
    let seed = 7;
    const random = (n: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % n;
    };
    for (let i = 0; i < 20_000; i++) {
      const text = Array.from({ length: random(12) }, () => pieces[random(pieces.length)]).join(
        random(2) ? ' ' : '',
      );
      const canonical = formatQuery(parseQuery(text).query);
      expect(formatQuery(parseQuery(canonical).query), JSON.stringify(text)).toBe(canonical);
    }
  });
});
