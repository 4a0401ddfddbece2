import { expect, test } from 'vitest';
import { isAway } from '@/lib/db/away';

const error = (message: string, code?: string, cause?: unknown) =>
  Object.assign(new Error(message, { cause }), code ? { code } : {});

test.each([
  error('connect ECONNREFUSED 127.0.0.1:5432', 'ECONNREFUSED'),
  error('', 'ECONNREFUSED'),
  error('getaddrinfo ENOTFOUND db', 'ENOTFOUND'),
  error('connect ENOENT /run/.s.PGSQL.5432', 'ENOENT'),
  error('timeout exceeded when trying to connect'),
  error('Connection terminated due to connection timeout'),
  error('Connection terminated unexpectedly'),
  error('Query read timeout'),
  error('timeout expired'),
  error('sorry, too many clients already', '53300'),
  error('the database system is starting up', '57P03'),
  error('terminating connection due to administrator command', '57P01'),
  error('Invalid invocation', 'P2010', error('Query read timeout')),
])('%s: the database is away', (reason) => {
  expect(isAway(reason)).toBe(true);
});

test.each([
  error('canceling statement due to statement timeout', '57014'),
  error('relation "nowhere" does not exist', '42P01'),
  error('password authentication failed for user "u"', '28P01'),
  error('database "d" does not exist', '3D000'),
  error("ENOENT: no such file or directory, open '/etc/authority.pem'", 'ENOENT'),
  error('The operation was aborted due to timeout'),
  new TypeError('x is not a function'),
  null,
  'a text',
])('%s: it is not', (reason) => {
  expect(isAway(reason)).toBe(false);
});
