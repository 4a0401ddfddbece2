import { describe, expect, it } from 'vitest';
import { firstAuthorKey, parseArxivId, parseDoi, titleKey } from '@/lib/papers/identity';

describe('the arXiv id', () => {
  it.each([
    ['2106.09685', { id: '2106.09685' }],
    ['2106.09685v2', { id: '2106.09685', version: 2 }],
    ['arXiv:2106.09685v12 [cs.CL]', { id: '2106.09685', version: 12 }],
    ['https://arxiv.org/abs/2106.09685', { id: '2106.09685' }],
    ['http://arxiv.org/pdf/2106.09685v1.pdf', { id: '2106.09685', version: 1 }],
    ['https://arxiv.org/abs/2106.09685?context=cs#top', { id: '2106.09685' }],
    ['https://huggingface.co/papers/2106.09685', { id: '2106.09685' }],
    ['oai:arXiv.org:2106.09685v1', { id: '2106.09685', version: 1 }],
    ['https://doi.org/10.48550/arXiv.2106.09685', { id: '2106.09685' }],
    ['cs/0112017', { id: 'cs/0112017' }],
    ['cs.LG/0112017v3', { id: 'cs/0112017', version: 3 }],
    ['math.GT/0309136', { id: 'math/0309136' }],
    ['astro-ph/0601001v1', { id: 'astro-ph/0601001', version: 1 }],
    ['cond-mat.mes-hall/0601001', { id: 'cond-mat/0601001' }],
  ])('is read from %j', (text, expected) => {
    expect(parseArxivId(text)).toEqual(expected);
  });

  it.each([
    '',
    'abc',
    '2106',
    '10.1000/182',
    'https://example.org/abs/2106.09685',
    '12345.67890',
    '2106.096',
  ])('is not seen in %j', (text) => expect(parseArxivId(text)).toBeNull());
});

describe('the DOI', () => {
  it('is lower case without resolver, and never arXiv’s own', () => {
    expect(parseDoi('https://doi.org/10.1145/ABC.12')).toBe('10.1145/abc.12');
    expect(parseDoi('doi:10.1000/182.')).toBe('10.1000/182');
    expect(parseDoi('10.1000/182 10.1000/183')).toBe('10.1000/182');
    expect(parseDoi('10.48550/arXiv.2106.09685')).toBeNull();
    expect(parseDoi('n/a')).toBeNull();
  });
});

describe('the title key', () => {
  it('ignores case, hyphens, spaces, accents, punctuation and markup', () => {
    const key = titleKey('Pre-training the Schrödinger model: a study');
    expect(titleKey('Pretraining the Schr\\"odinger  Model – A Study!')).toBe(key);
  });

  it('differs for different titles, long ones and ones without letters too', () => {
    const long = 'very '.repeat(100);
    expect(titleKey(`${long}a`)).not.toBe(titleKey(`${long}b`));
    expect(titleKey(`${long}a`).length).toBeLessThanOrEqual(200);
    expect(titleKey('???')).not.toBe(titleKey('!!!'));
    expect(titleKey('深度学习')).not.toBe('');
  });
});

it('takes the first author’s family name, whatever stands around it', () => {
  expect(firstAuthorKey(['Edward J. Hu', 'Yelong Shen'])).toBe('hu');
  expect(firstAuthorKey(['E. Hu'])).toBe('hu');
  expect(firstAuthorKey(['Bernd Sch\\"olkopf (MPI)'])).toBe('scholkopf');
  expect(firstAuthorKey(['Sammy Davis Jr.'])).toBe('davis');
  expect(firstAuthorKey(['李明'])).toBe('李明');
  expect(firstAuthorKey([])).toBe('');
});
