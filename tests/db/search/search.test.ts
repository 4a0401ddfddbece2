import { beforeAll, describe, expect, it } from 'vitest';
import { listPapers } from '@/lib/api/list-papers';
import type { Db } from '@/lib/db/sql';
import { makeFeed } from '@/lib/feed/filters';
import { BadCursor } from '@/lib/feed/query';
import { indexPapers } from '@/lib/search/index/store';
import { NO_FILTER } from '@/lib/search/query/filter';
import { type EngineName, searchEngine } from '@/lib/search/rank/engines';
import { ginBm25 } from '@/lib/search/rank/gin-bm25';
import { type SearchOptions, search as searchFor } from '@/lib/search/search';
import { onEmbedded, testDatabase } from '@/tests/db/database';
import { addPaper } from './papers';

const db = await testDatabase();
const offered = await searchEngine(db);
const engines: EngineName[] = offered === 'pg_textsearch' ? [offered, 'gin-bm25'] : [offered];

const ids: Record<string, number> = {};

beforeAll(async () => {
  const papers: Record<string, Parameters<typeof addPaper>[1]> = {
    lora: {
      title: 'LoRA: Low-Rank Adaptation of Large Language Models',
      abstract: 'We freeze the pre-trained weights and inject rank decomposition matrices.',
      authors: ['Edward J. Hu', 'Yelong Shen'],
      arxivId: '2106.09685',
      categories: ['cs.CL', 'cs.AI'],
      publishedAt: new Date('2021-06-17'),
      codeUrl: 'https://github.com/microsoft/LoRA',
      tags: ['peft', 'lora'],
      score: 50,
    },
    forgetting: {
      title: 'Overcoming catastrophic forgetting in neural networks',
      abstract: 'Elastic weight consolidation remembers old tasks.',
      authors: ['James Kirkpatrick', 'Razvan Pascanu'],
      publishedAt: new Date('2016-12-02'),
      categories: ['cs.LG', 'stat.ML'],
      score: 40,
    },
    survey: {
      title: 'A survey of forgetting',
      abstract: 'Forgetting may be catastrophic. A survey of continual learning with adapters.',
      authors: ['Maria Hu', 'Edward Smith'],
      publishedAt: new Date('2024-03-05'),
      tags: ['continual-learning'],
      score: 60,
    },
    peft: {
      title: 'Scaling down',
      abstract: 'On parameter-efficient fine-tuning of transformers.',
      publishedAt: new Date('2023-03-28'),
      authors: ['José García Márquez'],
      tags: ['peft'],
      score: 10,
    },
    acronym: {
      title: 'PEFT in practice',
      abstract: 'What we found when tuning.',
      publishedAt: new Date('2023-05-01'),
      score: 20,
    },
    pretraining: {
      title: 'Continual pretraining',
      abstract: 'More data, the same α-divergence.',
      publishedAt: new Date('2022-05-01'),
      score: 5,
    },
    pre_training: {
      title: 'Don’t stop pre-training',
      abstract: 'Poincaré embeddings and $\\alpha$-divergence.',
      publishedAt: new Date('2020-05-01'),
      score: 6,
    },
    covid: {
      title: 'COVID-19 and GPT-4',
      abstract: 'Of quantization.',
      publishedAt: new Date('2018-05-01'),
      score: 7,
    },
    llm: {
      title: 'LLM at work',
      publishedAt: new Date('2018-06-01'),
      score: 8,
    },
    hidden: {
      title: 'LoRA hidden by the operator',
      publishedAt: new Date('2024-01-01'),
      score: 99,
    },
  };
  for (const [name, given] of Object.entries(papers)) ids[name] = await addPaper(db, given);
  await db.paper.update({ where: { id: ids.hidden! }, data: { hiddenAt: new Date() } });
  // Papers about something else, so that words have weights.
  for (let i = 0; i < 60; i++) {
    const topic = ['graphs', 'proteins', 'markets', 'weather', 'robots'][i % 5];
    ids[`other${i}`] = await addPaper(db, {
      title: `Study ${i} of ${topic} and language models`,
      abstract: `We study ${topic} by simulation number ${i}.`,
      publishedAt: new Date(Date.UTC(2019, 0, 1 + i)),
      score: -i,
    });
  }
  await indexPapers(db, Object.values(ids));
});

describe.each(engines)('search by %s', (engine) => {
  const search = async (text: string, options: Partial<SearchOptions> = {}) => {
    const result = await searchFor(db, text, { limit: 20, engine, ...options }).page();
    const names = result.ids.map((id) => Object.keys(ids).find((name) => ids[name] === id)!);
    return { ...result, names };
  };
  const names = async (text: string, options?: Partial<SearchOptions>) =>
    (await search(text, options)).names;

  it('puts the paper that is about the words first', async () => {
    expect((await names('low-rank adaptation'))[0]).toBe('lora');
    expect((await names('catastrophic forgetting neural networks'))[0]).toBe('forgetting');
  });

  it('finds papers with some of the words, the better match first', async () => {
    expect(await names('elastic zebra')).toEqual(['forgetting']);
  });

  it('finds papers by a frequent word of a question full of unknown ones', async () => {
    const unknown = Array.from({ length: 14 }, (_, i) => `zq${'abcdefghijklmn'[i]}xv`).join(' ');
    expect(await names(`${unknown} elastic forgetting`)).toEqual(['forgetting', 'survey']);
  });

  it('puts papers with all words first, and says how many they are and how many come after', async () => {
    const found = await search('forgetting survey elastic', { count: true });
    expect(found.names.sort()).toEqual(['forgetting', 'survey']);
    expect(found.whole).toBe(0);
    expect(found.total).toEqual({
      whole: { count: 0, more: false },
      looser: { count: 2, more: false },
    });
    const both = await search('forgetting continual catastrophic', { count: true });
    expect([both.names.slice(0, 2), both.whole]).toEqual([['survey', 'forgetting'], 1]);
    const frequent = await search('simulation forgetting', { count: true, limit: 5 });
    expect([frequent.whole, frequent.names.length]).toEqual([0, 5]);
    expect(frequent.total).toEqual({
      whole: { count: 0, more: false },
      looser: { count: 62, more: false },
    });
  });

  it('takes a phrase for words side by side, in this order; papers without it come after', async () => {
    const found = await search('"catastrophic forgetting"', { count: true });
    expect([found.names, found.whole]).toEqual([['forgetting', 'survey'], 1]);
    const turned = await search('"forgetting catastrophic"', { count: true });
    expect([turned.names.sort(), turned.whole]).toEqual([['forgetting', 'survey'], 0]);
    expect(turned.total?.looser).toEqual({ count: 2, more: false });
    expect(await names('"state of the art"')).toEqual([]);
  });

  it('finds papers for a question with phrases that no paper has together', async () => {
    const found = await search('does "elastic weight" matter for "continual learning"');
    expect([found.names.slice(0, 2).sort(), found.whole]).toEqual([['forgetting', 'survey'], 0]);
  });

  it('finds only papers with a phrase, word or prefix that has a plus before it', async () => {
    expect(await names('+"catastrophic forgetting"')).toEqual(['forgetting']);
    expect(await names('continual +"catastrophic forgetting"')).toEqual(['forgetting']);
    expect(await names('+elastic forgetting')).toEqual(['forgetting']);
    expect(await names('+elast* forgetting')).toEqual(['forgetting']);
    expect(await names('+"forgetting catastrophic"')).toEqual([]);
  });

  it('finds only papers with all words and phrases where looser ones are not wanted', async () => {
    for (const text of ['"catastrophic forgetting"', 'forgetting elastic sort:relevance']) {
      expect(await names(text, { exact: true }), text).toEqual(['forgetting']);
    }
  });

  it('leaves out what is excluded', async () => {
    expect(await names('forgetting -survey')).toEqual(['forgetting']);
    expect(await names('-"catastrophic forgetting" forgetting')).toEqual(['survey']);
    expect(await names('forgetting -author:Kirkpatrick')).toEqual(['survey']);
    expect(await names('forgetting -tag:continual-learning')).toEqual(['forgetting']);
    expect(await names('forgetting -cat:stat.ML')).toEqual(['survey']);
  });

  it('filters by author, all words in one name, in any order and by initials', async () => {
    expect(await names('author:"Edward Hu"')).toEqual(['lora']);
    expect(await names('author:"Hu, Edward"')).toEqual(['lora']);
    expect(await names('author:"E. Hu"')).toEqual(['lora']);
    expect((await names('author:Hu')).sort()).toEqual(['lora', 'survey']);
    expect(await names('author:"garcia marquez"')).toEqual(['peft']);
  });

  it('filters by title, category, tag, dates, code and id', async () => {
    expect(await names('title:forgetting')).toEqual(['survey', 'forgetting']);
    expect(await names('title:"continual pre-training"')).toEqual(['pretraining']);
    expect(await names('cat:cs.CL')).toEqual(['lora']);
    expect(await names('cat:stat')).toEqual(['forgetting']);
    expect(await names('tag:peft')).toEqual(['peft', 'lora']);
    expect(await names('tag:peft tag:lora')).toEqual(['lora']);
    expect(await names('after:2024')).toEqual(['survey']);
    expect(await names('after:2016-12 before:2017')).toEqual(['forgetting']);
    expect(await names('has:code')).toEqual(['lora']);
    expect(await names('id:2106.09685')).toEqual(['lora']);
    expect(await names('forgetting after:2020')).toEqual(['survey']);
    expect(await names('models tag:lora cat:cs author:hu before:2022')).toEqual(['lora']);
  });

  it('takes tags and a window from the place where it stands', async () => {
    expect(await names('adaptation', { tags: ['peft'] })).toEqual(['lora']);
    const window = { from: new Date('2024-01-01'), to: new Date('2025-01-01') };
    expect(await names('forgetting', { window })).toEqual(['survey']);
  });

  it.each([
    ['pre-training', 'pretraining', 'pre training'],
    ['parameter-efficient fine-tuning', 'parameter efficient finetuning'],
    ['LLM', 'LLMs'],
    ['GPT 4', 'GPT-4', 'gpt4'],
    ['α-divergence', 'alpha divergence', '$\\alpha$-divergence'],
    ['Poincaré', 'poincare', "Poincar\\'e"],
    ['matrix', 'matrices'],
    ['COVID', 'covid'],
    ['large language models sort:new', 'LLM sort:new', 'LLMs sort:new'],
    ['GPT 4 sort:new', 'GPT-4 sort:new', 'gpt4 sort:new'],
  ])('finds the same papers for %s and its other spellings', async (first, ...others) => {
    const expected = await names(first);
    expect(expected.length).toBeGreaterThan(0);
    for (const other of others) expect(await names(other), other).toEqual(expected);
  });

  it('finds papers that write the acronym out, and the other way round', async () => {
    expect((await names('PEFT')).sort()).toEqual(['acronym', 'peft']);
    const written = await search('parameter-efficient fine-tuning');
    expect(written.names.slice(0, written.whole).sort()).toEqual(['acronym', 'peft']);
    expect((await names('PEFT', { sort: 'new' })).sort()).toEqual(['acronym', 'peft']);
    expect((await names('parameter-efficient fine-tuning', { sort: 'new' })).sort()).toEqual([
      'acronym',
      'peft',
    ]);
  });

  it('ranks by the words that a prefix stands for', async () => {
    expect(await names('catastro*')).toEqual(expect.arrayContaining(['forgetting', 'survey']));
    expect(await names('transforme*')).toEqual(['peft']);
  });

  it('finds the same papers by a prefix longer than the stem, in every order', async () => {
    for (const prefix of ['quantization*', 'quantiz*', 'quantizat*']) {
      expect(await names(prefix), prefix).toEqual(['covid']);
      expect(await names(`${prefix} sort:new`), prefix).toEqual(['covid']);
    }
    expect((await names('forgetting*')).sort()).toEqual(['forgetting', 'survey']);
    expect(await names('forgetting -forgetting*')).toEqual([]);
    expect(await names('+"catastrophic forgetting*"')).toEqual(['forgetting']);
    expect(await names('title:"overcoming cata*"')).toEqual(['forgetting']);
    expect(await names('author:Kirkpat*')).toEqual(['forgetting']);
  });

  it('finds papers by any of the ids pasted, whatever words stand beside them', async () => {
    const found = await search(
      'look at https://arxiv.org/abs/2106.09685, arXiv:1706.03762 [cs.CL]',
    );
    expect(found.names).toEqual(['lora']);
    expect(found.messages.join()).toMatch(/words beside it were left out/);
  });

  it('finds a word joined with a number by the word alone', async () => {
    expect(await names('COVID')).toEqual(['covid']);
    expect(await names('gpt sort:new')).toEqual(['covid']);
    expect(await names('COVID 19 sort:new')).toEqual(['covid']);
  });

  it('gives the same order whether papers are counted or not', async () => {
    for (const text of ['study language models cat:cs.LG', 'study simulation -weather']) {
      const all = await names(text, { limit: 100, count: true });
      expect(all.length).toBeGreaterThan(30);
      expect(await names(text, { limit: 100 })).toEqual(all);
      expect(await names(text, { limit: 10 })).toEqual(all.slice(0, 10));
    }
  });

  it('goes on to the next page while counting, though scores changed meanwhile', async () => {
    const first = await search('study sort:trending', { limit: 5, count: true });
    const last = first.ids.at(-1)!;
    const { score } = (await db.feedEntry.findFirst({ where: { paperId: last } }))!;
    const set = (value: number) =>
      db.feedEntry.updateMany({ where: { paperId: last }, data: { score: value } });
    await set(1_000);
    const next = await search('study sort:trending', { limit: 5, count: true, after: first.next });
    await set(score);
    expect(next.ids.filter((id) => first.ids.includes(id))).toEqual([]);
    expect(next.names[0]).toBe('other5');
    expect(next.total?.whole.count).toBe(60);
  });

  it('sorts by newest, trending and relevance; other orders want all words', async () => {
    expect(await names('forgetting', { sort: 'new' })).toEqual(['survey', 'forgetting']);
    expect(await names('forgetting sort:trending')).toEqual(['survey', 'forgetting']);
    expect(await names('language models sort:new', { limit: 2 })).toEqual(['lora', 'other59']);
    expect(await names('forgetting catastrophic neural sort:new')).toEqual(['forgetting']);
    expect(await names('tag:peft sort:trending')).toEqual(['lora', 'peft']);
    expect(await names('forgetting sort:top')).toEqual(['survey', 'forgetting']);
  });

  it('never finds what is hidden', async () => {
    for (const text of ['LoRA hidden', 'lora sort:new', 'title:hidden', '']) {
      expect(await names(text, { limit: 100 })).not.toContain('hidden');
    }
  });

  it.each([
    'simulation',
    'robots study',
    'simulation of robots by language models',
    '"study robots" language number',
    'study sort:new',
    'study sort:trending',
    'study sort:top',
    'models tag:peft',
    '',
  ])('pages through “%s” without gaps or repeats', async (text) => {
    const all = await names(text, { limit: 100 });
    const walked: string[] = [];
    let after: string | null = null;
    do {
      const page: { names: string[]; next: string | null } = await search(text, {
        limit: 7,
        after,
      });
      walked.push(...page.names);
      after = page.next;
    } while (after !== null);
    expect(walked).toEqual(all);
  });

  it('takes a made-up cursor for the first page', async () => {
    for (const after of ['-1', 'x', '1e9', "' or 1=1", '9'.repeat(30), '2020-13-45~5', 'NaN~1']) {
      for (const text of ['study', 'study sort:new', 'study sort:trending']) {
        expect((await search(text, { after, limit: 1 })).ids).toHaveLength(1);
      }
    }
  });

  it('refuses in the API a cursor of another order, where the page starts at the first', async () => {
    const list = (q: string, after: string) =>
      listPapers(db, { q, limit: 5, after }, makeFeed(), new Date());
    for (const [q, after] of [
      ['study', 'x'],
      ['study', '5000'],
      ['study sort:new', '30'],
      ['tag:peft', '30'],
    ] as const) {
      await expect(list(q, after), `${q} ${after}`).rejects.toThrow(BadCursor);
    }
    const { next } = await search('study sort:new', { limit: 5 });
    expect((await list('study sort:new', next!)).papers).toHaveLength(5);
  });

  it('counts', async () => {
    expect((await search('simulation', { count: true, limit: 5 })).total).toEqual({
      whole: { count: 60, more: false },
      looser: { count: 0, more: false },
    });
    const newest = await search('study sort:new', { count: true, limit: 5 });
    expect(newest.total?.whole.count).toBe(60);
  });

  it('finds nothing for what is nowhere', async () => {
    expect(await names('qwxzkv')).toEqual([]);
    expect(await names('author:qwxzkv')).toEqual([]);
  });
});

describe('a search', () => {
  it('names the paper whose id or address the text is, and no other', async () => {
    const named = (text: string) => searchFor(db, text, { limit: 1 }).paperNamed();
    expect(await named('2106.09685')).toBe(ids.lora);
    expect(await named('https://arxiv.org/abs/2106.09685v2')).toBe(ids.lora);
    for (const text of ['2106.09685 tag:peft', '-id:2106.09685', '1706.03762', 'lora', '']) {
      expect(await named(text), text).toBeNull();
    }
  });

  it('takes a pasted DOI, bare, with its label or as an address, to its paper', async () => {
    const id = await addPaper(db, { title: 'Bugs', abstract: 'a', doi: '10.5555/bugs.0101' });
    const other = await addPaper(db, { title: 'Bugs 0101 of 10.5555', abstract: 'doi bugs 0101' });
    await indexPapers(db, [id, other]);
    for (const text of [
      '10.5555/bugs.0101',
      'doi:10.5555/BUGS.0101',
      'DOI: 10.5555/bugs.0101',
      'https://doi.org/10.5555/bugs.0101',
      'http://dx.doi.org/10.5555/bugs.0101.',
      'id:10.5555/bugs.0101',
      '(10.5555/bugs.0101)',
    ]) {
      const asked = searchFor(db, text, { limit: 10 });
      expect(await asked.paperNamed(), text).toBe(id);
      expect((await asked.page()).ids, text).toEqual([id]);
    }
    const unknown = searchFor(db, '10.5555/no.such.paper', { limit: 10 });
    expect((await unknown.page()).ids).toEqual([]);
    await db.paper.deleteMany({ where: { id: { in: [id, other] } } });
  });

  it('asks the database for its parts when they are asked for, for each once', async () => {
    let statements = 0;
    const counting: Db = {
      $queryRaw: (query) => {
        statements += 1;
        return db.$queryRaw(query);
      },
      $executeRaw: (query) => db.$executeRaw(query),
    };
    const found = searchFor(counting, 'survey', { limit: 5, count: true });
    expect(statements).toBe(0);
    await found.page();
    const forPage = statements;
    await found.page();
    expect(statements).toBe(forPage);
    const { tags } = await found.facets();
    expect(tags.map((tag) => tag.slug)).toEqual(['continual-learning']);
    expect(statements).toBe(forPage + 1);
    await found.author();
    expect(statements).toBeGreaterThan(forPage + 1);
  });

  it('says everything once, whatever part of it was left out', async () => {
    const { messages } = await searchFor(db, 'foo:bar "the" title:the', { limit: 1 }).page();
    expect(messages).toHaveLength(new Set(messages).size);
    expect(messages.join()).toMatch(/no field “foo:”.*“the” has only very common words/);
  });
});

it.each([
  [3_000, false],
  [300_000, true],
])(
  'in a catalogue of %i papers says of frequent words that some may be missing: %s',
  async (size, cut) => {
    const lexicon = { size: { papers: size, meanLength: 20 }, papers: () => 2_900 };
    const answer = await ginBm25.rank(db, {
      weights: new Map([
        ['languag', 1],
        ['model', 1],
      ]),
      lexicon: async () => lexicon,
      filter: NO_FILTER,
      want: 30,
      texts: false,
      partial: false,
    });
    expect(answer.papers).toHaveLength(30);
    expect(answer.cut).toBe(cut);
  },
);

it('puts newer papers, and those with votes, before older ones that match a head query as well', async () => {
  const add = (title: string, year: number, signal = 0) =>
    addPaper(db, {
      title,
      abstract: 'Of sounds.',
      publishedAt: new Date(Date.UTC(year, 0, 1)),
    }).then(async (id) => {
      await db.paperScore.update({ where: { paperId: id }, data: { signal } });
      return id;
    });
  const old = await add('Sonification of graphs', 2012);
  const voted = await add('Sonification of robots', 2012, 200);
  const fresh = await add('Sonification of markets', 2024);
  await indexPapers(db, [old, voted, fresh]);
  for (const engine of engines) {
    const found = (text: string) => searchFor(db, text, { limit: 3, engine }).page();
    expect((await found('sonification')).ids).toEqual([fresh, voted, old]);
    expect((await found('sonification of the graphs of sounds')).ids[0]).toBe(old);
  }
  await db.paper.deleteMany({ where: { id: { in: [old, voted, fresh] } } });
});

it('the embedded database offers BM25', () => {
  if (onEmbedded()) expect(offered).toBe('pg_textsearch');
});
