import { beforeAll, describe, expect, it } from 'vitest';
import { titleKey } from '@/lib/papers/identity';
import { indexPapers } from '@/lib/search/index/store';
import { search } from '@/lib/search/search';
import { testDatabase } from '@/tests/db/database';
import { addPaper } from './papers';

const db = await testDatabase();
const ids: Record<string, number> = {};
const LORA = 'LoRA: Low-Rank Adaptation of Large Language Models';
const SLIPS = 'Über die Fehler von C++ und GPT-4o bei 3D-Szenen: ein $\\mathcal{O}(n^2)$ Verfahren';

beforeAll(async () => {
  const papers: Record<string, Parameters<typeof addPaper>[1]> = {
    lora: {
      title: LORA,
      abstract: 'We freeze the weights and inject matrices.',
      authors: ['Edward J. Hu', 'Yelong Shen'],
      arxivId: '2106.09685',
    },
    slips: {
      title: SLIPS,
      abstract: 'A study of text-to-image models.',
      authors: ['Jörg Müller', 'Pál Erdős', 'Thị Ánh Nguyễn', 'Łukasz Kaiser', "Seán O'Neil"],
      doi: '10.5555/bugs.0101',
    },
    rag: {
      title: 'RAG vs. Long-Context LLMs: Is <think> Needed?',
      abstract: 'We ask whether tags are needed.',
      authors: ['Wei Zhang', '张伟'],
      doi: '10.1101/2026.11.01.123456',
    },
    old: {
      title: 'The Large N limit of superconformal field theories and supergravity',
      authors: ['Juan Maldacena'],
      arxivId: 'hep-th/9711200',
    },
    anthology: {
      title: 'A paper of the anthology about its own address',
      authors: ['Adam Bender'],
      doi: '10.18653/v1/2020.acl-main.1',
    },
    longer: {
      title: `A critical look at ${LORA}: low-rank adaptation of language models revisited`,
      abstract: `${LORA}. `.repeat(5),
      authors: ['Ann Author'],
    },
    adam: { title: 'Adam converges', abstract: 'The Adam optimiser converges.', authors: ['A B'] },
  };
  for (const [name, paper] of Object.entries(papers)) {
    ids[name] = await addPaper(db, paper);
    await db.paper.update({
      where: { id: ids[name] },
      data: { titleKey: titleKey(paper.title) },
    });
  }
  await indexPapers(db, Object.values(ids));
});

const asked = (text: string) => search(db, text, { limit: 5, count: true });
const first = async (text: string) => (await asked(text).page()).ids[0];

describe('what somebody pastes goes to its paper', () => {
  it.each([
    ['arXiv:2106.09685v2 [cs.CL] 16 Oct 2021', 'lora'],
    ['[2106.09685] LoRA: Low-Rank Adaptation of Large Language Models', 'lora'],
    ['Hu, E. J., et al. LoRA. arXiv preprint arXiv:2106.09685, 2021.', 'lora'],
    ['https://arxiv.org/pdf/2106.09685v2.pdf#page=3', 'lora'],
    ['https://www.alphaxiv.org/abs/2106.09685', 'lora'],
    ['https://huggingface.co/papers/2106.09685#community', 'lora'],
    ['https://scirate.com/arxiv/2106.09685', 'lora'],
    ['https://papers.cool/arxiv/2106.09685', 'lora'],
    ['https://arxiv-sanity-lite.com/?rank=pid&pid=2106.09685', 'lora'],
    ['https://www.semanticscholar.org/arxiv/2106.09685', 'lora'],
    ['https://api.semanticscholar.org/arXiv:2106.09685', 'lora'],
    ['look at https://scirate.com/arxiv/2106.09685 please', 'lora'],
    ['https://inspirehep.net/arxiv/hep-th/9711200', 'old'],
    ['10.5555/bugs.0101', 'slips'],
    ['doi: 10.5555/bugs.0101', 'slips'],
    ['https://dl.acm.org/doi/abs/10.5555/bugs.0101?download=true', 'slips'],
    ['https://www.biorxiv.org/content/10.1101/2026.11.01.123456v2.full', 'rag'],
    ['https://aclanthology.org/2020.acl-main.1.pdf', 'anthology'],
    [LORA, 'lora'],
    ['lora low rank adaptation of large language models.', 'lora'],
    [SLIPS, 'slips'],
    ['RAG vs. Long-Context LLMs: Is <think> Needed?', 'rag'],
    [
      '@article{hu2021, title={{LoRA}: Low-Rank Adaptation of Large Language Models}, year=2021}',
      'lora',
    ],
    [
      '@misc{hu2021,\n  title = "{LoRA}",\n  eprint = {2106.09685},\n  archivePrefix={arXiv}\n}',
      'lora',
    ],
    ['@article{s1, author={M{\\"u}ller, J{\\"o}rg}, doi={10.5555/bugs.0101}}', 'slips'],
    ['TY  - JOUR\nTI  - LoRA: Low-Rank Adaptation of Large Language Models\nER  - ', 'lora'],
    ['TY  - JOURTI  - LoRADO  - 10.5555/bugs.0101ER  - ', 'slips'],
  ])('%s', async (text, name) => {
    expect(await asked(text).paperNamed()).toBe(ids[name]);
  });

  it('but a search with filters, and one for few words, stay searches', async () => {
    expect(await asked(`2106.09685 tag:peft`).paperNamed()).toBeNull();
    expect(await asked('adam converges').paperNamed()).toBeNull();
    expect(await asked('2106.09685 10.5555/bugs.0101').paperNamed()).toBeNull();
    expect(await asked('https://example.org/papers/about/2106').paperNamed()).toBeNull();
  });
});

it('puts the paper of a title before papers that have its words more often', async () => {
  expect(await first(LORA)).toBe(ids.lora);
});

it('searches the words beside an id that the catalogue does not have, and says so', async () => {
  const page = await asked('[2999.12345] LoRA: Low-Rank Adaptation').page();
  expect(page.ids).toContain(ids.lora);
  expect(page.messages).toContain(
    '2999.12345 is not in this catalogue: this is what the words find.',
  );
});

describe('a name that is hardly ever in a text is an author', () => {
  it.each([
    ['Müller', 'slips'],
    ['muller', 'slips'],
    ['Nguyen', 'slips'],
    ["O'Neil", 'slips'],
    ['Erdős', 'slips'],
    ['Lukasz Kaiser', 'slips'],
    ['张伟', 'rag'],
    ['Edward Hu', 'lora'],
    ['Maldacena', 'old'],
  ])('%s', async (text, name) => {
    const search = asked(text);
    const page = await search.page();
    expect(page.ids[0]).toBe(ids[name]);
    expect(page.messages[0]).toContain('Read as author:');
    expect(await search.author()).toBeNull();
  });

  it('but a word of the field is a word, and its author a suggestion', async () => {
    const search = asked('adam');
    expect((await search.page()).ids[0]).toBe(ids.adam);
    expect(await search.author()).toBe('author:adam');
    expect((await asked('"Müller"').page()).ids).toEqual([]);
  });
});
