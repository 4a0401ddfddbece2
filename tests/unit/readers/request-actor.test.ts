import { expect, test } from 'vitest';
import { OPERATIONS } from '@/lib/api/operations';
import { OWN_OPERATIONS } from '@/lib/api/own-operations';
import { BY_SCOPE } from '@/lib/readers/request-actor';

const asAsked = (path: string) => path.replaceAll(/\{\w+\}/g, '1');

test.each(OWN_OPERATIONS)(
  'a private site leaves $method $path to the scopes of a token',
  ({ path }) => {
    expect(asAsked(path)).toMatch(BY_SCOPE);
  },
);

test.each(OPERATIONS.filter(({ scope }) => !scope))('and asks for "read" at $path', ({ path }) => {
  expect(asAsked(path)).not.toMatch(BY_SCOPE);
});
