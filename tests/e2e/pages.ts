import { openDatabase } from '@/lib/db/client';
import { server } from './fixtures';

/** Every page that a reader can get to without a link from a mail. */
export const PAGES = [
  '/',
  '/new',
  '/top/week',
  '/tags',
  '/tags/continual-learning',
  '/tags/fine-tuning+large-language-models/without/lora',
  '/tags/lora+music',
  '/tags?of=/tags/fine-tuning/without/lora',
  '/search',
  '/search?q=lora',
  '/search?q=nosuchwordanywhere',
  '/papers/1',
  '/authors/chelsea-finn',
  '/subscribe',
  '/subscribe/sent',
  '/sign-in',
  '/sign-in/sent',
  '/sign-in/confirm?token=x',
  '/preferences/link-sent',
  '/preferences/erased',
  '/digests',
  '/status',
  '/outbox',
  '/about',
  '/about/ranking',
  '/about/feeds',
  '/about/api',
  '/about/log',
  '/about/privacy',
  '/no-such-page',
];

/** Where a page is: tests are named by paths, and the outbox opens by a link that differs from run to run. */
export const addressOf = (path: string) => (path === '/outbox' ? server.outbox : path);

export const WIDTHS = [360, 768, 1280];

/** A paper with everything that strains a page: its id. */
export async function strainingPaper(): Promise<number> {
  const db = openDatabase({ dataDir: server.dataDir });
  try {
    const paper = await db.paper.upsert({
      where: { arxivId: STRAINING.arxivId },
      create: STRAINING,
      update: {},
    });
    return paper.id;
  } finally {
    await db.$disconnect();
  }
}

const WORDS =
  'A Comprehensive Evaluation of Retrieval-Augmented Mixture-of-Experts Language Models ';
const STRAINING = {
  arxivId: '2501.99999',
  version: 3,
  titleKey: 'straining',
  firstAuthorKey: 'straining',
  title: `On <script>alert(1)</script> $\\mathcal{O}(n \\log n)$ $\\undefined{x}$: ${WORDS.repeat(3)}${'Unbreakable'.repeat(20)}`,
  abstract: `<img src=x onerror=alert(1)> We show $$\\sum_{i=1}^{n} ${'x_i + '.repeat(40)} 0 \\le \\int_0^\\infty e^{-t^2}\\,dt.$$ ${WORDS.repeat(20)}\n\nA second paragraph, \u202Eright to left, 学习与遗忘, عربى.`,
  authors: Array.from(
    { length: 400 },
    (_, index) => `Firstname${index} O’Łaskiewicz-Müller${index}`,
  ),
  categories: ['cs.LG', 'cs.CL', 'stat.ML'],
  keywords: ['"><script>alert(1)</script>'],
  publishedAt: new Date('2025-01-02T00:00:00Z'),
  revisedAt: new Date('2025-02-03T00:00:00Z'),
  withdrawnAt: new Date('2025-03-04T00:00:00Z'),
  comment: '12 pages, $7$ figures; javascript:alert(1)',
  journalRef: 'Journal of Very Long Names of Journals and Proceedings 3 (2025) 1-99',
  doi: '10.1000/straining"><b>',
  codeUrl: 'javascript:alert(1)',
  projectUrl: `https://example.org/${'long'.repeat(60)}`,
  license: 'http://creativecommons.org/licenses/by/4.0/',
  tldr: 'It is <b>long</b>.',
};
