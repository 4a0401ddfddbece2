import { describe, expect, it } from 'vitest';
import { LAYOUTS, PAPERS } from './page-layouts';
import { read, records } from './reading';

const flat = (text: string) => text.replace(/\s+/g, ' ').trim();
const stars = (text: string) =>
  Math.round(Number.parseFloat(text) * (text.endsWith('k') ? 1000 : 1));

describe('pages as people paste them', () => {
  it.each(Object.entries(LAYOUTS))('%s gives its papers and nothing else', async (_, layout) => {
    const { text, tells = [], abstract = true } = layout;
    const found = records(await read(text));
    expect(found.map(({ title }) => title)).toEqual(PAPERS.map(({ title }) => title));
    for (const [i, record] of found.entries()) {
      const paper = PAPERS[i]!;
      const signal = (kind: string) => record.signals.find((one) => one.kind === kind)?.value;
      expect(record.abstract && flat(record.abstract)).toBe(abstract ? paper.abstract : undefined);
      if (tells.includes('id')) expect(record.arxivId).toBe(paper.id);
      if (tells.includes('authors')) expect(record.authors).toEqual(paper.authors);
      if (tells.includes('categories')) expect(record.categories).toEqual(['cs.CL', 'cs.LG']);
      if (tells.includes('upvotes')) expect(signal('upvotes')).toBe(paper.upvotes);
      if (tells.includes('stars')) expect(signal('github-stars')).toBe(stars(paper.stars));
      if (tells.includes('date'))
        expect(record.publishedAt).toEqual(new Date(`${paper.date} 00:00 UTC`));
    }
  });
});
