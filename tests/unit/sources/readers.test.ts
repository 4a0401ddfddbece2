import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { splitAuthors } from '@/lib/sources/formats/arxiv/author-line';
import { NOW, read, records, rejections, sharedFile } from './reading';

const line = (id: string, more: object = {}) =>
  JSON.stringify({
    id,
    title: `Title of ${id}`,
    abstract: 'An abstract.',
    authors: ['A B'],
    date: '2024-05-06',
    categories: ['cs.LG'],
    ...more,
  });

describe('the arXiv snapshot, one JSON object a line', () => {
  it('reads arXiv’s own layout', async () => {
    const [item] = await read(
      JSON.stringify({
        id: 'hep-ph/0701001',
        authors: 'ignored',
        title: 'A\n  title',
        comments: '12 pages',
        'journal-ref': 'J. 1',
        doi: '10.1000/ABC',
        categories: 'hep-ph math.CO',
        license: 'l',
        abstract: '  Text\n',
        versions: [
          { version: 'v1', created: 'Mon, 2 Apr 2007 19:18:42 GMT' },
          { version: 'v2', created: 'Tue, 24 Jul 2007 20:10:27 GMT' },
        ],
        update_date: '2008-11-26',
        authors_parsed: [
          ['Balázs', 'C.', ''],
          ['King', 'Martin Luther', 'Jr'],
        ],
      }),
    );
    expect(item).toMatchObject({
      kind: 'record',
      at: 'line 1',
      record: {
        arxivId: 'hep-ph/0701001',
        version: 2,
        doi: '10.1000/abc',
        authors: ['C. Balázs', 'Martin Luther King Jr'],
        categories: ['hep-ph', 'math.CO'],
        publishedAt: new Date('2007-04-02T19:18:42Z'),
        revisedAt: new Date('2007-07-24T20:10:27Z'),
        comment: '12 pages',
      },
    });
  });

  it.each([
    ['A B, C D, and E F', ['A B', 'C D', 'E F']],
    ['A B, C D & E F', ['A B', 'C D', 'E F']],
    ['A B and C D', ['A B', 'C D']],
    ['A B (1), C D ((2) X, Y) and Sammy Davis, Jr., and', ['A B', 'C D', 'Sammy Davis Jr.']],
    ['Anders And, Andy Band', ['Anders And', 'Andy Band']],
    ['A B (unclosed, C D', ['A B (unclosed', 'C D']],
  ])('reads the author line %j', (text, names) => {
    expect(splitAuthors(text)).toEqual(names);
  });

  it('reads the same rows as an array, and printed over several lines', async () => {
    const rows = ['2401.00001', '2401.00002'].map((id) => JSON.parse(line(id)));
    const expected = records(await read(rows.map((row) => JSON.stringify(row)).join('\n')));
    expect(expected).toMatchObject([
      { source: 'arxiv-snapshot', abstract: 'An abstract.', authors: ['A B'] },
      { arxivId: '2401.00002' },
    ]);
    for (const text of [
      JSON.stringify(rows),
      JSON.stringify(rows, null, 2),
      rows.map((row) => JSON.stringify(row, null, 2)).join('\n'),
    ]) {
      const items = await read(text);
      expect(records(items)).toEqual(expected);
      expect(rejections(items)).toEqual([]);
    }
    const cut = await read(JSON.stringify(rows, null, 2).slice(0, -40));
    expect(records(cut)).toEqual(expected.slice(0, 1));
    expect(rejections(cut)).toMatchObject([{ reason: 'the input ends inside this paper' }]);
  });

  it('takes the author line where the parsed names are missing', async () => {
    const items = await read(line('2401.00001', { authors: 'A B, C D', authors_parsed: [] }));
    expect(records(items)[0]?.authors).toEqual(['A B', 'C D']);
  });

  it('keeps the good lines around bad ones and names each bad one', async () => {
    const items = await read(
      [
        line('arxiv:2401.00001'),
        '{"id": "2401.00002", "title"',
        '[]',
        '',
        line('nonsense'),
        '{"id":"2401.00003"}',
        line('2401.00004'),
      ].join('\n'),
    );
    expect(records(items).map(({ arxivId }) => arxivId)).toEqual(['2401.00001', '2401.00004']);
    expect(rejections(items).map(({ at, reason }) => [at, reason.split(':')[0]])).toEqual([
      ['line 2', 'not JSON'],
      ['line 3', 'not a JSON object'],
      ['line 5', 'the id "nonsense" is no arXiv id, and there is no DOI'],
      ['line 6', 'no title'],
    ]);
  });

  it('reads gzip, and of a truncated one everything before the cut', async () => {
    const ids = Array.from({ length: 3_000 }, (_, i) => `2401.${String(i).padStart(5, '0')}`);
    const packed = gzipSync(
      ids.map((id) => line(id, { abstract: `${Math.sin(Number(id))}`.repeat(20) })).join('\n'),
    );
    expect(records(await read(packed))).toHaveLength(3_000);
    const items = await read(packed.subarray(0, packed.length * 0.7));
    expect(records(items).length).toBeGreaterThan(1_000);
    expect(rejections(items).at(-1)?.reason).toMatch(/cannot be unpacked to its end/);
  });

  it('rejects one endless line in bounded memory and reads on', async () => {
    const endless = Buffer.alloc(30_000_000, 'x');
    const items = await read(
      Buffer.concat([
        Buffer.from(`${line('2401.00001')}\n`),
        endless,
        Buffer.from(`\n${line('2401.00002')}`),
      ]),
    );
    expect(records(items)).toHaveLength(2);
    expect(rejections(items)).toMatchObject([{ at: 'line 2' }]);
  });
});

describe('daily papers', () => {
  const paper = {
    paper: {
      id: '2405.21060',
      authors: [
        { name: 'Tri Dao', hidden: false },
        { name: 'Nobody', hidden: true },
      ],
      publishedAt: '2024-05-31T17:50:01.000Z',
      title: 'Transformers are SSMs',
      summary: 'While\nTransformers…',
      upvotes: 64,
      githubRepo: 'https://github.com/state-spaces/mamba',
      githubStars: 12,
      ai_keywords: ['state space model'],
      ai_summary: 'Short.',
    },
    numComments: 3,
    title: 'Transformers are SSMs',
  };

  it('gives the paper and its signals as of now', async () => {
    const [item] = await read(JSON.stringify([paper], null, 2));
    expect(item).toMatchObject({
      kind: 'record',
      record: {
        arxivId: '2405.21060',
        authors: ['Tri Dao'],
        tldr: 'Short.',
        keywords: ['state space model'],
        codeUrl: 'https://github.com/state-spaces/mamba',
        signals: [
          { kind: 'upvotes', value: 64, seenAt: NOW },
          { kind: 'comments', value: 3, seenAt: NOW },
          { kind: 'github-stars', value: 12, seenAt: NOW },
        ],
      },
    });
  });

  it('keeps the hour at which the paper was put on the page: it tells how long it could be seen', async () => {
    const listed = async (item: object) =>
      records(await read(JSON.stringify(item)))[0]?.signals.find(({ kind }) => kind === 'listed');
    const submittedOnDailyAt = '2025-10-02T05:12:31.000Z';
    const expected = { kind: 'listed', value: 1, seenAt: new Date(submittedOnDailyAt) };
    expect(await listed({ ...paper, publishedAt: submittedOnDailyAt })).toEqual(expected);
    const inner = { ...paper.paper, submittedOnDailyAt };
    expect(await listed({ ...paper, publishedAt: '2025-10-01T00:00:00Z', paper: inner })).toEqual(
      expected,
    );
  });

  it('reads the flat answer for one paper', async () => {
    expect(records(await read(JSON.stringify(paper.paper)))).toMatchObject([
      { source: 'daily-papers', arxivId: '2405.21060' },
    ]);
    expect(records(await read(JSON.stringify(paper.paper, null, 2)))).toHaveLength(1);
  });

  it('tells an error in a 200 from papers', async () => {
    const items = await read('{"error":"Invalid date"}');
    expect(rejections(items)[0]?.reason).toBe('the service answered with an error: Invalid date');
  });

  it('keeps what stands before a cut, and the papers around a broken one', async () => {
    const text = JSON.stringify([paper, { paper: 1 }, paper]);
    const whole = await read(text);
    expect([records(whole).length, rejections(whole).length]).toEqual([2, 1]);
    const cut = await read(text.slice(0, -300));
    expect(records(cut)).toHaveLength(1);
    expect(rejections(cut).at(-1)?.reason).toBe('the input ends inside this paper');
    expect(await read(text, { size: 7 })).toEqual(whole);
  });

  it('says where a list stops that does not end, and keeps its papers', async () => {
    const items = await read(`${JSON.stringify([paper, paper], null, 2).slice(0, -2)},\n`);
    expect(records(items)).toHaveLength(2);
    expect(rejections(items)).toMatchObject([
      { at: 'line 55', reason: 'the input ends here, before its list does' },
    ]);
    expect(rejections(await read('[')).length).toBe(1);
  });

  it('gives nothing for an empty day', async () => {
    expect(await read('[]')).toEqual([]);
  });

  it.skipIf(!sharedFile('hf-daily'))('reads the recorded answers', async () => {
    for (const [day, count] of [
      ['2024-06-03', 6],
      ['2025-01-08', 15],
    ] as const) {
      const items = await read(readFileSync(sharedFile(`hf-daily/${day}.json`)!));
      expect(rejections(items)).toEqual([]);
      expect(records(items)).toHaveLength(count);
      expect(
        records(items).every(
          (record) => record.arxivId && record.abstract && record.authors.length > 0,
        ),
      ).toBe(true);
    }
  });
});

const feed = (...entries: string[]) =>
  `<?xml version='1.0'?>\n<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">\n<id>x</id>\n${entries.join('\n')}\n</feed>`;
const entry = (id: string) =>
  `<entry><id>http://arxiv.org/abs/${id}</id><title>T &amp; U</title><summary>  S &lt; 1</summary><published>2021-04-20T16:07:14Z</published><updated>2022-04-20T16:07:14Z</updated><category term="cs.LG"/><arxiv:primary_category term="cs.CR"/><author><name>A B</name></author><author><name>C D</name></author><arxiv:doi>10.1000/X</arxiv:doi></entry>`;

describe('arXiv’s query interface', () => {
  it('reads entries with the primary category first', async () => {
    expect(await read(feed(entry('2104.12255v3')))).toMatchObject([
      {
        kind: 'record',
        at: 'line 4',
        record: {
          arxivId: '2104.12255',
          version: 3,
          title: 'T & U',
          abstract: '  S < 1',
          authors: ['A B', 'C D'],
          categories: ['cs.CR', 'cs.LG'],
          doi: '10.1000/x',
          publishedAt: new Date('2021-04-20T16:07:14Z'),
          revisedAt: new Date('2022-04-20T16:07:14Z'),
          withdrawn: false,
        },
      },
    ]);
  });

  it('keeps good entries around broken ones, and says where the input ends early', async () => {
    const text = feed(
      entry('2104.00001v1'),
      '<entry><id>http://arxiv.org/abs/2104.00002</id><title>x</wrong></entry>',
      entry('2104.00003v1'),
    );
    const items = await read(text);
    expect(records(items).map(({ arxivId }) => arxivId)).toEqual(['2104.00001', '2104.00003']);
    expect(rejections(items)).toMatchObject([{ at: 'line 5' }]);
    const cut = await read(text.slice(0, -200), { size: 11 });
    expect(records(cut)).toHaveLength(1);
    expect(rejections(cut).at(-1)?.reason).toBe('the input ends inside a <entry>');
  });

  it('says where a feed stops that does not end, and keeps its papers', async () => {
    const items = await read(feed(entry('2104.00001v1')).replace('\n</feed>', ''));
    expect(records(items)).toHaveLength(1);
    expect(rejections(items)).toMatchObject([
      { at: 'line 4', reason: 'the input ends here, before its </feed>' },
    ]);
    expect(await read(entry('2104.00001v1'))).toHaveLength(1);
    expect(await read('<feed xmlns="x"/>')).toEqual([]);
  });

  it('reads a bare ampersand as one', async () => {
    const items = await read(feed(entry('2104.00001v1').replace('T &amp; U', 'AT&T &amp; R&D')));
    expect(records(items)).toMatchObject([{ title: 'AT&T & R&D' }]);
  });

  it('says that a withdrawn paper is withdrawn', async () => {
    const withdrawn = entry('2104.00001v2').replace(
      '<arxiv:doi>',
      '<arxiv:comment>This paper has been withdrawn by the author</arxiv:comment><arxiv:doi>',
    );
    expect(records(await read(feed(withdrawn)))[0]?.withdrawn).toBe(true);
  });

  it.skipIf(!sharedFile('arxiv-atom'))(
    'reads every recorded answer without a rejection but arXiv’s own errors',
    async () => {
      const folder = sharedFile('arxiv-atom')!;
      let [count, entries] = [0, 0];
      for (const name of readdirSync(folder)) {
        const { body } = JSON.parse(readFileSync(`${folder}/${name}`, 'utf8'));
        const items = await read(body);
        count += records(items).length;
        entries += body.split('<entry>').length - 1;
        const reasons = rejections(items).map(({ reason }) => reason);
        expect(reasons).toEqual(
          name.startsWith('id_abc')
            ? ['arXiv answered with an error: incorrect id format for abc']
            : [],
        );
      }
      expect(count).toBe(entries - 1);
    },
  );
});

const oai = (...content: string[]) =>
  `<?xml version="1.0"?>\n<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">\n${content.join('\n')}\n</OAI-PMH>`;

describe('arXiv’s OAI-PMH interface', () => {
  it('reads the format arXiv', async () => {
    const items = await read(
      oai(
        '<ListRecords><record><header><identifier>oai:arXiv.org:2106.09685</identifier></header><metadata><arXiv xmlns="x"><id>2106.09685</id><created>2021-06-17</created><updated>2021-10-18</updated><authors><author><keyname>Hu</keyname><forenames>Edward J.</forenames></author><author><keyname>King</keyname><forenames>M.</forenames><suffix>Jr</suffix></author></authors><title>LoRA</title><categories>cs.CL cs.LG</categories><abstract>A.</abstract></arXiv></metadata></record>',
        '<resumptionToken cursor="0">123|1001</resumptionToken></ListRecords>',
      ),
    );
    expect(items).toMatchObject([
      {
        kind: 'record',
        record: {
          arxivId: '2106.09685',
          authors: ['Edward J. Hu', 'M. King Jr'],
          publishedAt: new Date('2021-06-17'),
          revisedAt: new Date('2021-10-18'),
        },
      },
      { kind: 'next', token: '123|1001' },
    ]);
  });

  it('reports deleted records, an empty harvest and an error', async () => {
    expect(
      await read(
        oai(
          '<ListRecords><record><header status="deleted"><identifier>oai:arXiv.org:2106.09685</identifier></header></record><resumptionToken/></ListRecords>',
        ),
      ),
    ).toMatchObject([{ kind: 'deleted', arxivId: '2106.09685' }]);
    expect(await read(oai('<error code="noRecordsMatch">none</error>'))).toMatchObject([
      { kind: 'note' },
    ]);
    expect(await read(oai('<error code="badResumptionToken">expired</error>'))).toMatchObject([
      { kind: 'rejected', reason: 'arXiv answered with an error: badResumptionToken expired' },
    ]);
  });

  it.skipIf(!sharedFile('arxiv-oai'))('reads the recorded harvest', async () => {
    const items = await read(readFileSync(sharedFile('arxiv-oai/list-records-arXivRaw.xml')!));
    const raw = readFileSync(sharedFile('arxiv-oai/list-records-arXivRaw.xml')!, 'utf8');
    expect(records(items).length + rejections(items).length).toBe(raw.split('<record>').length - 1);
    expect(rejections(items).length).toBeLessThanOrEqual(1);
    expect(records(items)[0]).toMatchObject({
      version: 2,
      authors: ['Daniel M. Kane', 'Jelani Nelson', 'David P. Woodruff'],
      publishedAt: new Date('2008-11-21T22:55:07Z'),
    });
    expect(items.at(-1)).toEqual({ kind: 'next', token: '496549|96001' });
    const names = records(items).flatMap(({ authors }) => authors);
    expect(names.filter((name) => /^and\b/.test(name))).toEqual([]);
  });
});

it('reads arXiv’s announcements, as RSS and as Atom', async () => {
  const rss = await read(
    `<?xml version="1.0"?><rss xmlns:dc="d" xmlns:arxiv="a"><channel><title>cs</title><item><title>T</title><link>https://arxiv.org/abs/2401.00001</link><description>arXiv:2401.00001v2 Announce Type: replace \nAbstract: We show.</description><guid isPermaLink="false">oai:arXiv.org:2401.00001v2</guid><category>cs.AI</category><category>cs.LG</category><pubDate>Mon, 08 Jan 2024 00:00:00 -0500</pubDate><arxiv:announce_type>replace</arxiv:announce_type><dc:creator>A B, C D</dc:creator></item></channel></rss>`,
  );
  const expected = {
    source: 'arxiv-rss',
    arxivId: '2401.00001',
    version: 2,
    abstract: 'We show.',
    authors: ['A B', 'C D'],
    categories: ['cs.AI', 'cs.LG'],
    publishedAt: undefined,
  };
  expect(records(rss)).toMatchObject([expected]);
  const oneLine =
    '<rss><channel><item><title>T</title><guid>oai:arXiv.org:2401.00001v2</guid><description>arXiv:2401.00001v2 Announce Type: new Abstract: We show.</description></item></channel></rss>';
  expect(records(await read(oneLine))[0]?.abstract).toBe('We show.');
  const atom = await read(
    `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:dc="d"><id>http://rss.arxiv.org/atom/cs.AI</id><entry><id>oai:arXiv.org:2401.00001v2</id><title>T</title><summary>arXiv:2401.00001v2 Announce Type: replace\nAbstract: We show.</summary><category term="cs.AI"/><category term="cs.LG"/><published>2024-01-08T00:00:00-05:00</published><dc:creator>A B, C D</dc:creator></entry></feed>`,
  );
  expect(records(atom)).toMatchObject([expected]);
});

it('reads BibTeX with braces, strings, both name orders and preprints', async () => {
  const items = await read(`% my library
@string{nips = "NeurIPS"}
@comment{ignored}
@inproceedings{hu2021, title = {{LoRA}: Low-Rank {A}daptation}, author = {Hu, Edward J. and Shen, Yelong and others}, booktitle = nips # " 2021", year = 2021, month = jun, doi = {10.1000/L} }
@misc{x, eprint={2106.09685v2}, archivePrefix={arXiv}, primaryClass={cs.CL}}
@article{y, title="On Things", author="A B", journal={arXiv preprint arXiv:2401.00001}, year={2024}}
@article{broken, title = {No end
@article{z, title={After the broken one}, author={C D}, year={2020}}
`);
  expect(records(items)).toMatchObject([
    {
      title: 'LoRA: Low-Rank Adaptation',
      authors: ['Edward J. Hu', 'Yelong Shen'],
      doi: '10.1000/l',
      journalRef: 'NeurIPS 2021',
      publishedAt: new Date('2021-06-01'),
    },
    { title: 'On Things', arxivId: '2401.00001', authors: ['A B'] },
    { title: 'After the broken one' },
  ]);
  expect(items).toContainEqual({ kind: 'wanted', arxivId: '2106.09685', at: 'line 5' });
  expect(rejections(items)).toMatchObject([{ at: 'line 7', reason: 'the entry does not end' }]);
});

it('reads BibTeX’s accents, commands and names in braces, and the dates of biblatex', async () => {
  const items =
    await read(String.raw`@article{a, title = {Fran\c{c}ois on \emph{deep} {N}ets and $x^{2}$}, author = {{Google and DeepMind} and {\'E}mile Zol{\'a} and {Barnes, Inc.}}, date = {2021-06-17}, journaltitle = {J. {ML}}}
@article{b, title = {A range}, date = {2020-03/2020-05}, eprint = {2003.00001}, eprinttype = {arxiv}, eprintclass = {cs.LG}}`);
  expect(records(items)).toMatchObject([
    {
      title: 'François on deep Nets and $x^{2}$',
      authors: ['Google and DeepMind', 'Émile Zolá', 'Barnes, Inc.'],
      publishedAt: new Date('2021-06-17'),
      journalRef: 'J. ML',
    },
    { arxivId: '2003.00001', categories: ['cs.LG'], publishedAt: new Date('2020-03-01') },
  ]);
});

it('reads a plain list of ids and addresses', async () => {
  const items = await read(
    '# to read\n2106.09685v2, https://arxiv.org/abs/cs/0112017\n\n2401.00001 nonsense\n2401.00002\n2401.00003',
  );
  expect(items.map((item) => (item.kind === 'wanted' ? item.arxivId : item.kind))).toEqual([
    '2106.09685',
    'cs/0112017',
    '2401.00001',
    'rejected',
    '2401.00002',
    '2401.00003',
  ]);
});

describe('inputs without a format', () => {
  it.each([
    ['', /empty/],
    ['   \n\n', /empty/],
    ['%PDF-1.5 …', /PDF/],
    ['<!DOCTYPE html><html><body>Rate limited</body></html>', /web page/],
    ['<svg/>', /<svg> at its root/],
    ['a\u0000b\u0000', /binary/],
    ['id,title,abstract\n1,A title,An abstract.\n2,Another,Another one.', /no page of papers/],
    ['503 Service Unavailable for the moment', /no page of papers/],
    ['Service Unavailable\n\nPlease try again later; we are sorry for it.', /no page of papers/],
    [`# A title\n\n${'A paragraph of it. '.repeat(20)}\n\n## Install`, /Markdown, but no page/],
  ])('%j are refused with what they are', async (input, message) => {
    await expect(read(input)).rejects.toThrow(message);
  });
});
