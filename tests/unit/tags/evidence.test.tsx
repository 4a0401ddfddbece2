import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { TagEvidence } from '@/components/tags/TagEvidence';
import type { TagEvidence as Evidence } from '@/lib/tags/tagger';

const shown = (...evidence: Evidence[]) =>
  renderToStaticMarkup(
    <TagEvidence
      tags={[{ tag: { slug: 'peft', name: 'PEFT' }, weight: 1.02, evidence, byHand: false }]}
    />,
  )
    .replaceAll(/<[^>]*>/g, '|')
    .replaceAll(/\|+/g, '|');

it('says in plain words what the model added to a tag, and by which words of the paper', () => {
  const text = shown(
    { words: 'adapters', where: 'title', weight: 0.81, start: 0, end: 8 },
    { words: 'frozen, modules', where: 'model', weight: 0.21 },
  );
  expect(text).toContain('|“adapters”|in the title|0.81|');
  expect(text).toContain('|“frozen, modules”|words common in papers with this tag|0.21|');
  expect(text).toContain('|Together (0.95 is enough)|1.02|');
});

it('says where lighter mentions count that are not shown', () => {
  expect(shown({ words: 'adapters', where: 'title', weight: 0.81, start: 0, end: 8 })).toContain(
    '|Together, with lighter mentions (0.95 is enough)|1.02|',
  );
});
