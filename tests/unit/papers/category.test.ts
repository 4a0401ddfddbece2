import { expect, it } from 'vitest';
import { canonicalCategory } from '@/lib/papers/category';
import { draftOf } from '@/lib/papers/draft';

it.each(['cs', 'cs.CL', 'hep-th', 'q-bio.NC', 'cond-mat.mes-hall', 'physics.ao-ph', 'cmp-lg'])(
  '%s is a category',
  (name) => {
    expect(canonicalCategory(name)).toBe(name);
    expect(canonicalCategory(name.toUpperCase())).toBe(name);
  },
);

it('no class of MSC or ACM, no sentence and no line break is stored as a category', () => {
  const categories = [
    'cs.LG',
    '68T05',
    'I.2.7',
    'H.m',
    'H.5.2; I.2.7',
    'Primary',
    'cs.AI\n}',
    'a b',
  ];
  const record = {
    source: 'arxiv-atom',
    title: 'T',
    authors: [],
    keywords: [],
    signals: [],
  } as const;
  const draft = draftOf(
    { ...record, authors: [], keywords: [], signals: [], categories },
    new Date(),
  );
  expect(draft).toMatchObject({ categories: ['cs.LG'] });
});
