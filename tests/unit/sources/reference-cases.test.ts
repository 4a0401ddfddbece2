import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { type Draft, draftOf } from '@/lib/papers/draft';
import { NOW, read, records, rejections } from './reading';

/** Small inputs that stand beside the project, one kind of fault each: the papers as they are stored. */
function caseFile(name: string, title: string, check: (drafts: Draft[]) => void): void {
  const path = fileURLToPath(new URL(`../../../../shared/cases/${name}`, import.meta.url));
  const skipped = !existsSync(path);
  it.skipIf(skipped)(
    `${name}: ${title}${skipped ? ' (../shared/cases is absent)' : ''}`,
    async () => {
      const items = await read(readFileSync(path));
      expect(rejections(items)).toEqual([]);
      check(
        records(items).map((record) => {
          const draft = draftOf(record, NOW);
          if ('problem' in draft) throw new Error(draft.problem);
          return draft;
        }),
      );
    },
  );
}

caseFile('01a-symbols.bib', 'commands glued to words', ([paper]) => {
  expect(paper).toMatchObject({
    title:
      'Growth of InGaN/GaN Core–Shell Structures — a 1.5 nm µm Study of $\\alpha$-Phase at 5 ± 1°C with LaTeX',
    journalRef: 'Phys. Status Solidi RRL – Rapid Res. Lett.',
  });
});

caseFile('02-extended-names.bib', 'extended names', ([paper]) => {
  expect(paper).toMatchObject({
    authors: ['Aaron van den Oord', 'Yazhe Li', 'Some Big Collaboration'],
    arxivId: '2411.09999',
  });
});

caseFile('03a-field-plus.bib', 'an annotation is passed over', ([paper]) => {
  expect(paper).toMatchObject({
    title: 'Title After an Annotated Field',
    authors: ['Richard Roe', 'Jane Doe'],
    abstract: 'The abstract also comes after the annotated field.',
  });
});

caseFile('04-two-on-a-line.bib', 'four papers', (papers) => {
  expect(papers.map(({ title }) => title.split(' ')[0])).toEqual([
    'First',
    'Second',
    'Third',
    'Fourth',
  ]);
});

caseFile('14-search.bib', 'names, signs and DOIs to search for', (papers) => {
  expect(papers).toMatchObject([
    { authors: ['Jörg Müller', 'Pál Erdős', 'Thị Ánh Nguyễn', 'Łukasz Kaiser', "Seán O'Neil"] },
    { title: 'RAG vs. Long-Context LLMs: Is <think> Needed?', authors: ['Wei Zhang', '张伟'] },
    { title: 'Emoji 🦙 in Titles and α-Divergences' },
  ]);
  expect(papers[0]?.doi).toBe('10.5555/bugs.0101');
});

caseFile('32-refs.ris', 'RIS', (papers) => {
  expect(papers).toMatchObject([
    {
      title: 'An Invented Paper in RIS',
      authors: ['Jane Doe', 'Richard Roe'],
      doi: '10.5555/ris.0001',
    },
    { title: 'A Second Invented Paper in RIS', authors: ['Edgar Poe'], arxivId: '2401.99999' },
  ]);
  expect(papers[0]?.abstract).toMatch(/^We present an invented paper .* its authors\.$/);
});

caseFile('33-csl.json', 'CSL-JSON', (papers) => {
  expect(papers).toMatchObject([
    {
      title: 'An Invented Paper in CSL',
      authors: ['Jane Doe', 'Aaron van den Oord'],
      doi: '10.5555/csl.1',
      publishedAt: new Date('2023-05-01'),
      abstract: 'An invented abstract.',
    },
  ]);
});

caseFile('40-html-title.json', 'markup stays text', ([paper]) => {
  expect(paper).toMatchObject({
    title: 'How should <think> & </script><script>alert(1)</script> "work"? $a<b$ <x>',
    authors: ['Jane <b>Doe</b> & Co', 'Renée O’Brien'],
  });
});

caseFile('41-bib-misc.bib', 'entries without a key, in round brackets, with a volume', (papers) => {
  expect(papers.map(({ title }) => title)).toMatchObject([
    'No Citation Key as EndNote Writes It',
    'Empty Citation Key',
    expect.stringContaining('Entry in Parentheses'),
    'An arXiv Export with Trailing Comma',
    '100% of $\\mathcal{N}=4$ & à la carte: the New Small Caps and H$_2$O, 50% $5 _x_ #1',
    'A title with % inside and more',
    'Proceedings of the Invented Conference',
    'A Chapter That Uses crossref',
    '標題：中文全角标题 — with «quotes»',
    'Second Title',
  ]);
  expect(papers[0]?.authors).toEqual(['Y. Huang', 'L. Mucke']);
  expect(papers[7]).toMatchObject({
    journalRef: 'Proceedings of the Invented Conference',
    publishedAt: new Date('2017-01-01'),
  });
});

caseFile('42-dollars.json', 'prices and formulas stay apart', (papers) => {
  expect(papers).toMatchObject([
    { title: 'Training Invented Diffusion for $1,890 instead of $28,400 on a Budget' },
    { title: expect.stringContaining('$\\tau^2$-Bench: $100K or 100 Days?') },
  ]);
});

caseFile('43-escaped-dollar.bib', 'escaped dollars are prices', ([paper]) => {
  expect(paper?.title).toBe('Companies Would Owe $620 Billion, or $5 a Head, in Taxes');
});

caseFile('44a-oai-colon-author.xml', 'a colon is no author', ([paper]) => {
  expect(paper?.authors).toEqual([
    'Invented Array',
    'EXAMPLE2 Collaborations',
    'J. Doe',
    'R. W. IV',
  ]);
});
