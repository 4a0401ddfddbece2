/** A kind of query, as a reader types it and as FTS5 wants it. */
export interface Shape {
  name: string;
  queries: readonly { ours: string; fts5: string; params: unknown[] }[];
}

const TAG = 'exists (select 1 from tag t where t.paper_id = f.rowid and t.slug = ?)';
const ranked = (where = '') =>
  `select f.rowid from f join paper p on p.id = f.rowid where f match ? ${where} order by bm25(f, 2.0, 1.0, 0.0) limit 30`;
const anyWord = (text: string) =>
  `{title abstract} : (${text
    .split(' ')
    .map((word) => `"${word}"`)
    .join(' OR ')})`;
const allWords = (text: string) => `{title abstract} : (${text.split(' ').join(' AND ')})`;

function words(...texts: string[]): Shape['queries'] {
  return texts.map((ours) => ({ ours, fts5: ranked(), params: [anyWord(ours)] }));
}

/** Fifteen shapes; ranked words mean any of them, on both sides. */
export const SHAPES: readonly Shape[] = [
  { name: 'one frequent word', queries: words('learning', 'network', 'model', 'data') },
  { name: 'two frequent words', queries: words('neural network', 'language model', 'image data') },
  { name: 'one rare word', queries: words('gromov', 'peft', 'forgetfulness', 'tokamak') },
  {
    name: 'three words',
    queries: words(
      'graph convolution recommendation',
      'speech emotion recognition',
      'robot grasp planning',
    ),
  },
  {
    name: 'long question',
    queries: words(
      'how can large language models keep what they learned when they are tuned on a sequence of new tasks with low rank adapters',
      'which methods reduce the memory and compute that training very deep convolutional networks for image segmentation needs',
      'does reinforcement learning from human feedback make language models more truthful or only more agreeable to their users',
    ),
  },
  {
    name: 'phrase',
    queries: ['catastrophic forgetting', 'graph neural networks', 'differential privacy'].map(
      (text) => ({
        ours: `"${text}"`,
        fts5: ranked(),
        params: [`{title abstract} : "${text}"`],
      }),
    ),
  },
  {
    name: 'phrase and words',
    queries: [
      ['"contrastive learning"', 'medical images'],
      ['"knowledge distillation"', 'speech'],
    ].map(([phrase, rest]) => ({
      ours: `${phrase} ${rest}`,
      fts5: ranked(),
      params: [
        `{title abstract} : (${phrase}) AND ${anyWord(`${phrase!.replaceAll('"', '')} ${rest}`)}`,
      ],
    })),
  },
  {
    name: 'prefix',
    queries: ['quantiz', 'transform', 'hyperg'].map((start) => ({
      ours: `${start}*`,
      fts5: ranked(),
      params: [`{title abstract} : ${start}*`],
    })),
  },
  {
    name: 'tag and dates',
    queries: [
      ['reward', 'reinforcement-learning'],
      ['forgetting', 'lora'],
      ['adapter', 'peft'],
    ].map(([word, slug]) => ({
      ours: `${word} tag:${slug} after:2025-06`,
      fts5: ranked(`and ${TAG} and p.filed >= '2025-06-01'`),
      params: [anyWord(word!), slug],
    })),
  },
  {
    name: 'words and a year',
    queries: ['optimization', 'video segmentation'].map((text) => ({
      ours: `${text} after:2018 before:2019`,
      fts5: ranked(`and p.filed >= '2018-01-01' and p.filed < '2019-01-01'`),
      params: [anyWord(text)],
    })),
  },
  {
    name: 'author',
    queries: ['Edward Hu', 'Yoshua Bengio', 'Percy Liang'].map((name) => ({
      ours: `author:"${name}"`,
      fts5: `select f.rowid from f join paper p on p.id = f.rowid where f match ? order by p.filed desc limit 30`,
      params: [`authors : (${name.split(' ').join(' AND ')})`],
    })),
  },
  {
    name: 'words by an author',
    queries: ['Bengio', 'Chen', 'Schmidhuber'].map((name) => ({
      ours: `network author:${name}`,
      fts5: ranked(),
      params: [`authors : ${name} AND ${anyWord('network')}`],
    })),
  },
  {
    name: 'exclusion',
    queries: ['diffusion -image -video', 'detection -object -face'].map((ours) => {
      const [word, ...out] = ours.replaceAll('-', '').split(' ');
      return {
        ours,
        fts5: ranked(),
        params: [`{title abstract} : (${word} NOT (${out.join(' OR ')}))`],
      };
    }),
  },
  {
    name: 'newest with all words',
    queries: ['diffusion model', 'federated learning privacy'].map((text) => ({
      ours: `${text} sort:new`,
      fts5: `select f.rowid from f join paper p on p.id = f.rowid where f match ? order by p.filed desc limit 30`,
      params: [allWords(text)],
    })),
  },
  { name: 'nonsense', queries: words('qwxzkv blorf', 'zzyzx') },
];
