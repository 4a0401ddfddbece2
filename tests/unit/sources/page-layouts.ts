/**
 * Pages of the kinds that people paste, built from three invented papers in the structure of the real ones:
 * none of them is a recording.
 */

export interface Built {
  title: string;
  abstract: string;
  id: string;
  authors: string[];
  upvotes: number;
  stars: string;
  by: string;
  lab: string;
  date: string;
}

export const PAPERS: Built[] = [
  {
    title: 'Tidal Routing: Experts That Wake with Their Tokens',
    abstract:
      'Mixtures of experts keep every expert in memory though few of them work at a time. We present an invented router that predicts two tokens ahead which experts will be asked, and loads only those. On four benchmarks it keeps the quality of the full model while it needs a fifth of its memory, and we show which part of the gain comes from the prediction alone.',
    id: '2609.91001',
    authors: ['Ann Example', 'Bob Sample', 'Carla de la Test'],
    upvotes: 131,
    stars: '2.4k',
    by: 'annexample',
    lab: 'Example Institute',
    date: 'Sep 3, 2026',
  },
  {
    title: 'Why Do Small Models Forget? A Study of Invented Curricula',
    abstract:
      'Small models forget what they learnt early in training. This paper studies twelve invented curricula on models of up to one billion parameters. We find that the order of the material matters less than how often it returns, and we propose a schedule that repeats a text at growing distances. Results on five tasks improve by three points over shuffled data (p < 0.01).',
    id: '2609.91002',
    authors: ['Dora Example', 'Emil Sample'],
    upvotes: 46,
    stars: '87',
    by: 'dora-e',
    lab: 'Sample University',
    date: 'Sep 2, 2026',
  },
  {
    title: 'InventedBench-2',
    abstract:
      'Benchmarks for agents age quickly because their answers leak into training data. We introduce an invented benchmark whose questions are drawn anew from a grammar for each run. Over 2,300 runs of eleven agents the ranking is stable, and the best agent solves 41 % of the tasks. Code and data are available at https://github.com/example/invented-bench.',
    id: '2608.91003',
    authors: ['Fritz Muster'],
    upvotes: 8,
    stars: '512',
    by: 'fm',
    lab: 'Muster GmbH',
    date: 'Aug 30, 2026',
  },
];

const TOP = [
  'new',
  'Get trending papers in your email inbox once a day!',
  'Subscribe',
  'Trending Papers',
  'byAK and the research community',
];
const FOOT = ['View all papers', 'System theme', 'Company', 'TOS', 'Privacy', 'About', 'Careers'];

export const wrapped = (text: string, width = 72) =>
  text.replace(new RegExp(`(.{1,${width}})(?: +|$)`, 'g'), '$1\n').trimEnd();
const page = (...blocks: string[]) => `${blocks.join('\n\n')}\n`;
const hf = (id: string) => `https://huggingface.co/papers/${id}`;

export interface Layout {
  text: string;
  /** What the layout tells beside title and abstract. */
  tells?: ('id' | 'authors' | 'upvotes' | 'stars' | 'date' | 'categories')[];
  abstract?: false;
}

const each = (render: (paper: Built, i: number) => string[]) => PAPERS.flatMap(render);

export const LAYOUTS: Record<string, Layout> = {
  'the trending page as a browser copies it': {
    text: page(
      ...TOP,
      'Daily',
      'Weekly',
      ...each((p) => [
        'Submitted by',
        p.by,
        p.title,
        p.abstract,
        `${p.lab} · Published on ${p.date}`,
        'Upvote',
        `${p.upvotes}`,
        `GitHub ${p.stars}`,
        'arXiv Page',
      ]),
      ...FOOT,
    ),
    tells: ['upvotes', 'stars', 'date'],
  },
  'the trending page with single line breaks': {
    text: [
      ...TOP,
      ...each((p) => [
        'Submitted by',
        p.by,
        p.title,
        p.abstract,
        `${p.lab}`,
        `· Published on ${p.date}`,
        'Upvote',
        `${p.upvotes}`,
        'GitHub',
        p.stars,
        'arXiv Page',
      ]),
      ...FOOT,
    ].join('\n'),
    tells: ['upvotes', 'stars', 'date'],
  },
  'the trending page with names and votes on one line': {
    text: page(
      ...TOP,
      ...each((p) => [
        `Submitted by ${p.by}`,
        p.title,
        p.abstract,
        `- ${p.authors.length} authors`,
        `Published on ${p.date}`,
        `Upvote ${p.upvotes}`,
        `⭐ ${p.stars}`,
        'View arXiv page',
      ]),
    ),
    tells: ['upvotes', 'stars', 'date'],
  },
  'votes before titles and comments after': {
    text: page(
      ...TOP,
      'Sep 4',
      ...each((p) => [
        'Submitted by',
        p.by,
        `${p.upvotes}`,
        p.title,
        p.abstract,
        p.lab,
        p.stars,
        '2',
      ]),
    ),
    tells: ['upvotes', 'stars'],
  },
  'a search page of a text browser, wrapped': {
    text: page(
      '[1]Hugging Face',
      'Sep 4',
      ...each((p, i) => [
        `[${10 + i * 4}]${p.upvotes}`,
        `[${11 + i * 4}]${p.title}`,
        `   ${wrapped(`[${12 + i * 4}]${p.abstract}`).replaceAll('\n', '\n   ')}`,
        `     * [${13 + i * 4}]${p.authors.length} authors`,
        `   ·\n   ${p.date}`,
      ]),
      'References',
      [
        '   1. https://huggingface.co/',
        ...each((p, i) =>
          [10, 11, 12, 13].map((n) => `  ${n + i * 4}. ${hf(p.id)}${n === 10 ? '?login' : ''}`),
        ),
      ].join('\n'),
    ),
    tells: ['id', 'upvotes', 'date'],
  },
  'a search page as Markdown with wrapped links': {
    text: page(
      '# Daily Papers',
      'Sep 4',
      ...each((p) => [
        `[${p.upvotes}](https://huggingface.co/login?next=%2Fpapers%2F${p.id})`,
        `### [${p.title}](/papers/${p.id})`,
        wrapped(`[${p.abstract}](/papers/${p.id})`),
        `[* ${p.authors.length} authors](/papers/${p.id})`,
        `· ${p.date}`,
      ]),
    ),
    tells: ['id', 'upvotes', 'date'],
  },
  'headings without links, dates under each paper': {
    text: page(...each((p) => [`## ${p.title}`, p.abstract, p.date, `${p.upvotes} upvotes`])),
    tells: ['upvotes', 'date'],
  },
  'titles and abstracts with addresses between the lines': {
    text: page(
      ...TOP,
      ...each((p) => [
        `${p.title}\n${hf(p.id)}`,
        `${p.abstract}\n${hf(p.id)}`,
        `${p.date} · ${p.upvotes} likes`,
      ]),
    ),
    tells: ['id', 'upvotes', 'date'],
  },
  'titles and abstracts with addresses in blocks of their own': {
    text: page(...each((p) => [p.title, hf(p.id), p.abstract, `· ${p.date}`])),
    tells: ['id', 'date'],
  },
  'names between titles and abstracts': {
    text: page('Sep 4', ...each((p) => [p.title, `${p.authors.join(', ')}, Zoe Last`, p.abstract])),
  },
  'a lab under each abstract': {
    text: page(...TOP, 'Sep 4', ...each((p) => [p.title, p.abstract, p.lab])),
  },
  'arXiv’s list of new submissions': {
    text: page(
      'Computation and Language',
      'Showing new listings for Friday, 4 September 2026\nTotal of 120 entries',
      'New submissions (showing 3 of 3 entries)',
      ...each((p, i) => [
        `[${i + 1}] arXiv:${p.id} [pdf, html, other]\nTitle: ${p.title}\n${p.authors.join(', ')}\nComments: ${i + 9} pages\nSubjects: Computation and Language (cs.CL); Machine Learning (cs.LG)`,
        p.abstract,
      ]),
    ),
    tells: ['id', 'authors', 'categories'],
  },
  'arXiv’s list in a text browser': {
    text: page(
      'Authors and titles for recent submissions',
      ...each((p, i) => [
        `[${i + 1}] [${20 + i}]arXiv:${p.id} (cross-list from cs.AI) [ [40]pdf, [41]other ]\n   Title:\n          ${wrapped(p.title, 40).replaceAll('\n', '\n          ')}\n          ${p.authors.map((name, n) => `[${50 + n}]${name}`).join(', ')}\n   Subjects: Computation and Language (cs.CL);\n          Machine Learning (cs.LG)`,
      ]),
    ),
    tells: ['id', 'authors', 'categories'],
    abstract: false,
  },
  'arXiv’s mail, quoted': {
    text: [
      '> Submissions to:',
      ...each((p) => [
        '> ------------------------------------------------------------------------------',
        '> \\\\',
        `> arXiv:${p.id}`,
        '> Date: Thu, 3 Sep 2026 02:49:53 GMT   (31214kb,D)',
        '>',
        `> Title: ${wrapped(p.title, 40).replaceAll('\n', '\n>   ')}`,
        `> Authors: ${p.authors.join(', ')}`,
        '> Categories: cs.CL cs.LG',
        '> License: http://creativecommons.org/licenses/by/4.0/',
        '> \\\\',
        `>   ${wrapped(p.abstract).replaceAll('\n', '\n> ')}`,
        `> \\\\ ( https://arxiv.org/abs/${p.id} ,  31214kb)`,
      ]),
    ].join('\n'),
    tells: ['id', 'authors', 'categories'],
  },
  'a digest in Markdown': {
    text: page(
      '# Papers of 2026-09-04',
      '## Table of contents',
      PAPERS.map((p, i) => `${i + 1}. [${p.title}](#${i})`).join('\n'),
      ...each((p, i) => [
        `## ${i + 1}. [${p.title}](https://arxiv.org/abs/${p.id})`,
        `**Authors:** ${p.authors.join(', ')}`,
        `**ArXiv ID:** ${p.id}`,
        `**Abstract:** ${p.abstract}`,
        '**Comment:** matches criterion 2',
        '**Relevance:** 9 **Novelty:** 8',
        '---',
      ]),
    ),
    tells: ['id', 'authors'],
  },
  'a digest with labels only, the id last': {
    text: page(
      ...each((p) => [
        `Title: ${p.title}\nAuthors: ${p.authors.join('; ')}\nPublished: 2026-09-03\nSummary: ${wrapped(p.abstract)}\nLink: http://arxiv.org/abs/${p.id}v1`,
      ]),
    ),
    tells: ['id', 'authors'],
  },
  'a digest with numbers and touching entries': {
    text: each((p, i) => [
      `[${i + 1}/3] ${p.title}`,
      `arXiv: ${p.id} | cs.CL`,
      `Authors: ${p.authors.join(', ')}`,
      'Abstract:',
      p.abstract,
    ]).join('\n'),
    tells: ['id', 'authors'],
  },
  'a digest with signs before its labels': {
    text: page(
      'Daily digest',
      ...each((p) => [
        `📄 Title: ${p.title}\n👥 Authors: ${p.authors.join(', ')}\n🔗 Link: <https://arxiv.org/abs/${p.id}>\n📝 Abstract: ${p.abstract}`,
      ]),
      'Sent by the invented bot',
    ),
    tells: ['id', 'authors'],
  },
};

const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

LAYOUTS['the trending page, saved'] = {
  text: `<!doctype html><html><head><title>Trending Papers - Hugging Face</title><style>a{}</style><script>var x = "<p>We present nothing.</p>";</script></head><body><header><nav><ul><li><a href="/models">Models</a></li><li><a href="/datasets">Datasets</a></li></ul></nav></header><main><h1>Trending Papers</h1><h2>by <a href="/akhaliq">AK</a> and the research community</h2>${each((p) => [`<article><div class="flex"><div>Submitted by</div><a href="/${p.by}"><img alt="x" src="y">${p.by}</a></div><div><h3><a href="/papers/${p.id}">${escaped(p.title)}</a></h3><a href="/papers/${p.id}"><p>${escaped(p.abstract)}</p></a><div><a href="/org">${p.lab}</a><span>&middot; Published on ${p.date}</span></div><div><button>Upvote</button><div>${p.upvotes}</div><a href="https://github.com/a/b"><svg><title>GitHub</title><path d=""/></svg><span>GitHub</span> <span>${p.stars}</span></a><a href="https://arxiv.org/abs/${p.id}">arXiv Page</a></div></div></article>`]).join('')}</main><footer><a href="/tos">TOS</a><a href="/privacy">Privacy</a></footer></body></html>`,
  tells: ['id', 'upvotes', 'stars', 'date'],
};
LAYOUTS['arXiv’s list, saved'] = {
  text: `<!DOCTYPE html>\n<html lang="en"><head><title>Computation and Language</title></head><body><div id="dlpage"><h1>Computation and Language</h1><h3>Showing new listings for Friday, 4 September 2026</h3><div class='paging'>Total of 120 entries</div><dl id='articles'>${each((p, i) => [`<h3>New submissions (showing 3 of 3 entries)</h3><dt>\n<a name='item${i + 1}'>[${i + 1}]</a>\n<a href ="/abs/${p.id}" title="Abstract" id="${p.id}">\narXiv:${p.id}\n</a>\n[<a href="/pdf/${p.id}">pdf</a>, <a href="https://arxiv.org/html/${p.id}v1">html</a>, <a href="/format/${p.id}">other</a>]\n</dt>\n<dd>\n<div class='meta'>\n<div class='list-title mathjax'><span class='descriptor'>Title:</span>\n ${escaped(p.title)}\n</div>\n<div class='list-authors'>${p.authors.map((name) => `<a href="https://arxiv.org/search/cs?searchtype=author&amp;query=X">${name}</a>`).join(', ')}</div>\n<div class='list-comments mathjax'><span class='descriptor'>Comments:</span> 9 pages</div><div class='list-subjects'><span class='descriptor'>Subjects:</span>\n<span class="primary-subject">Computation and Language (cs.CL)</span>; Machine Learning (cs.LG)\n</div>\n<p class='mathjax'>\n${escaped(p.abstract)}\n</p>\n</div>\n</dd>`]).join('')}</dl></div></body></html>`,
  tells: ['id', 'authors', 'categories'],
};
LAYOUTS['arXiv’s list as Markdown'] = {
  text: page(
    '# Machine Learning',
    '### Fri, 4 Sep 2026 (showing first 3 of 120 entries )',
    ...each((p, i) => [
      `[\\[${i + 1}\\]](#) [arXiv:${p.id}](https://arxiv.org/abs/${p.id} "Abstract") \\[[pdf](/pdf/${p.id}), [other](/format/${p.id})\\]`,
      `Title: ${p.title}`,
      p.authors.map((name) => `[${name}](https://arxiv.org/search/x)`).join(', '),
      'Subjects: Computation and Language (cs.CL); Machine Learning (cs.LG)',
    ]),
  ),
  tells: ['id', 'authors', 'categories'],
  abstract: false,
};
LAYOUTS['arXiv’s page of one paper, as often as pasted'] = {
  text: page(
    ...each((p) => [
      `Skip to main content\nComputer Science > Computation and Language`,
      `[Submitted on 3 Sep 2026 (v1), last revised 5 Sep 2026 (this version, v2)]\n${p.title}\n${p.authors.join(', ')}`,
      p.abstract,
      `Comments:\t12 pages\nSubjects:\tComputation and Language (cs.CL); Machine Learning (cs.LG)\nCite as:\tarXiv:${p.id} [cs.CL]\n \t(or arXiv:${p.id}v2 [cs.CL] for this version)`,
      'Submission history',
      'From: Ann Example [view email]\n[v1] Thu, 3 Sep 2026 02:49:53 UTC (1,234 KB)',
    ]),
  ),
  tells: ['id', 'authors', 'categories'],
};
