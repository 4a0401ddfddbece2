import { describe, expect, it } from 'vitest';
import { authorNames, displayName } from '@/lib/papers/author-names';

describe('whom an author of a source names', () => {
  it.each([
    ['Jane Doe', ['Jane Doe']],
    [':', []],
    ['  ; ', []],
    ['et al.', []],
    ['and others', []],
    ['others', []],
    ['J. Doe et al.', ['J. Doe']],
    ['J. Doe, et al', ['J. Doe']],
    ['Al Gore', ['Al Gore']],
    ['for the X Collaboration', ['X Collaboration']],
    ['on behalf of the Y-Z collaboration', ['Y-Z collaboration']],
    ['J. Doe for the X Collaboration', ['J. Doe', 'X Collaboration']],
    ['J. Doe, on behalf of the X Consortium', ['J. Doe', 'X Consortium']],
    ['X Collaboration: J. Doe', ['X Collaboration', 'J. Doe']],
    ['The X Collaboration:', ['The X Collaboration']],
    ['The X Collaboration', ['The X Collaboration']],
    ['J. Doe)', ['J. Doe']],
    ['(J. Doe', ['J. Doe']],
    ['Jane Doe]', ['Jane Doe']],
    ['Jane Doe[1,2]', ['Jane Doe']],
    ['Jane Doe (MIT)', ['Jane Doe']],
    ['Jane (MIT, Boston) Doe (2)', ['Jane Doe']],
    ['Yu (Marco) Nie', ['Yu (Marco) Nie']],
    ['Jane [Janie] Doe', ['Jane [Janie] Doe']],
    ['Center for AI Safety', ['Center for AI Safety']],
    ['张伟', ['张伟']],
    ['4 Paradigm', ['4 Paradigm']],
    ['12', []],
  ])('%j: %j', (raw, names) => {
    expect(authorNames(raw)).toEqual(names);
    expect(names.flatMap(authorNames)).toEqual(names);
  });
});

describe('a name shown with the family first', () => {
  it.each([
    ['Smith, John', 'John Smith'],
    ['van der Berg, Anna M.', 'Anna M. van der Berg'],
    ['Smith, John, Jr.', 'John Smith Jr.'],
    ['Smith, Jr., John', 'John Smith Jr.'],
    ['John Smith, Jr.', 'John Smith Jr.'],
    ['García Márquez, G.', 'G. García Márquez'],
    ['John Smith', 'John Smith'],
    ['Barnes, Inc.', 'Barnes, Inc.'],
    ['John Smith, Jane Doe', 'John Smith, Jane Doe'],
    ['University of X, Department of Y', 'University of X, Department of Y'],
    ['a, b', 'a, b'],
  ])('%j is %j', (raw, name) => {
    expect(displayName(raw)).toBe(name);
    expect(displayName(name)).toBe(name);
  });
});
