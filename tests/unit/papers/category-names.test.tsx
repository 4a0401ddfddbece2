import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { PaperRow } from '@/components/paper/PaperRow';
import { aPaper } from '../../fixtures/paper';

const row = (fields: Parameters<typeof aPaper>[0]) =>
  renderToStaticMarkup(<PaperRow paper={aPaper(fields)} now={new Date('2025-01-04T00:00:00Z')} />);
const category = (html: string) => /<a [^>]*href="\/category\/[^>]*>[^<]*/.exec(html)?.[0];

it.each([
  [['peft'], ['cs.CL'], '>cs.CL'],
  [[], ['cs.CL', 'cs.LG'], '>Computation and Language'],
  [['left-the-taxonomy'], ['hep-th'], '>High Energy Physics: Theory'],
  [[], ['cs.ZZ'], '>cs.ZZ'],
])(
  'of tags %j and categories %j a row shows %s, as a link to the category',
  (tags, categories, shown) => {
    const link = category(row({ tags, categories }));
    expect(link).toMatch(new RegExp(`${shown}$`));
    expect(link).toContain(`href="/category/${categories[0]}"`);
  },
);
