import { expect, test } from 'vitest';
import { hasBearer } from '@/lib/http/bearer';

const given = (authorization: string) => new Headers({ authorization });

test('the secret opens, in any case of the scheme', () => {
  expect(hasBearer(given('Bearer s3cret-s3cret-s3cret'), 's3cret-s3cret-s3cret')).toBe(true);
  expect(hasBearer(given('bearer s3cret-s3cret-s3cret'), 's3cret-s3cret-s3cret')).toBe(true);
});

test.each(['Bearer wrong', 'Bearer s3cre', 's3cret', 'Basic s3cret', 'Bearer '])(
  '%j does not',
  (text) => {
    expect(hasBearer(given(text), 's3cret')).toBe(false);
  },
);

test('without a configured secret nothing opens, not even nothing', () => {
  expect(hasBearer(given('Bearer '), null)).toBe(false);
  expect(hasBearer(new Headers(), null)).toBe(false);
  expect(hasBearer(given('Bearer null'), null)).toBe(false);
});
