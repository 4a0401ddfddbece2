import { describe, expect, it } from 'vitest';
import { saysWithdrawn } from '@/lib/sources/formats/arxiv/withdrawn';
import { read, records } from './reading';

describe('a withdrawal', () => {
  it.each([
    'This paper has been withdrawn by the author',
    'Withdrawn by arXiv administrators due to inappropriate submission',
    'withdrawn',
    'Paper withdrawn due to an error in Lemma 2',
    '12 pages, 3 figures; withdrawn because of an error',
    'The authors have withdrawn this paper',
    'The author has withdrawn due to a crucial error',
    'I withdraw this submission.',
    'We withdraw our paper, since Theorem 1 is wrong',
    'This submission has been temporarily withdrawn',
    'This article is being retracted',
    'This paper has been withdrawn from arXiv.org due to a disagreement',
    '9 pages, 3 figures This paper was submitted by mistake and has now\n  been withdrawn',
  ])('is seen in the comment %j', (comment) => {
    expect(saysWithdrawn(comment, undefined)).toBe(true);
  });

  it.each([
    'This paper was withdrawn from ICLR 2021',
    'Withdrawn from NeurIPS; under review elsewhere',
    'We withdraw our submission from the workshop',
    '12 pages, with an appendix on retracted papers',
    'We withdraw money',
    'Theorem 3 has been withdrawn',
  ])('is not seen in the comment %j', (comment) => {
    expect(saysWithdrawn(comment, undefined)).toBe(false);
  });

  it('is seen where an abstract begins with it, not where it speaks of others', () => {
    expect(saysWithdrawn(undefined, 'This paper has been withdrawn as we discovered a bug')).toBe(
      true,
    );
    expect(saysWithdrawn(undefined, 'Retracted papers continue to be cited for years.')).toBe(
      false,
    );
    expect(saysWithdrawn(undefined, 'We study pumps. Withdrawn, a pump is idle.')).toBe(false);
  });

  it('is told by the snapshot too', async () => {
    const row = (id: string, more: object) => JSON.stringify({ id, title: 'T', ...more });
    const versions = [{ version: 'v1', created: 'Mon, 2 Apr 2007 19:18:42 GMT' }];
    const items = await read(
      [
        row('0704.0001', { comments: 'This paper has been withdrawn', versions }),
        row('0704.0002', { comments: '12 pages', versions }),
        row('0704.0003', { abstract: 'We show.' }),
      ].join('\n'),
    );
    expect(records(items).map(({ withdrawn }) => withdrawn)).toEqual([true, false, undefined]);
  });
});
