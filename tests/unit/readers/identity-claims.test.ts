import { describe, expect, it, test } from 'vitest';
import { isAdminBy, isComplete, joinClaims, personOfClaims } from '@/lib/readers/identity-claims';

const signed = { iss: 'https://login.example.org', sub: 'a1' };

describe('whether the role claim says admin', () => {
  it.each([
    ['groups', { groups: ['users', 'admin'] }],
    ['role', { role: 'admin' }],
    ['realm_access.roles', { realm_access: { roles: ['admin'] } }],
    ['https://example.org/roles', { 'https://example.org/roles': ['admin'] }],
  ])('%s of %j does', (claim, claims) => {
    expect(isAdminBy(claims, claim)).toBe(true);
  });

  it.each([
    ['groups', { groups: ['administrators', 'Admin', 'not admin'] }],
    ['groups', { groups: 'users admin' }],
    ['groups', { groups: { admin: true } }],
    ['groups', { roles: ['admin'] }],
    ['groups', {}],
    ['realm_access.roles', { realm_access: 'admin' }],
    ['realm_access.roles', { realm_access: null }],
    ['constructor.name', {}],
  ])('%s of %j does not', (claim, claims) => {
    expect(isAdminBy(claims, claim)).toBe(false);
  });

  it('does not where no claim is set', () => {
    expect(isAdminBy({ groups: ['admin'], null: 'admin' }, null)).toBe(false);
  });
});

test.each([
  [{ email: 'Ada@Example.org', email_verified: true }, 'ada@example.org'],
  [{ email: 'ada@example.org', email_verified: false }, null],
  [{ email: 'ada@example.org', email_verified: 'true' }, null],
  [{ email: 'ada@example.org' }, null],
  [{ email: ['ada@example.org'], email_verified: true }, null],
  [{ email: 'no address', email_verified: true }, null],
  [{ email_verified: true }, null],
])('of %j the address is %j', (claims, key) => {
  expect(personOfClaims({ ...signed, ...claims }, null).address?.key ?? null).toBe(key);
});

test('a person is who the issuer and the subject say', () => {
  const { issuer, subject } = personOfClaims(signed, null);
  expect([issuer, subject]).toEqual(['https://login.example.org', 'a1']);
});

describe('what is asked for besides what was signed', () => {
  const whole = { ...signed, email: 'a@example.org', email_verified: true };

  it('is nothing where address and role are there', () => {
    expect(isComplete(whole, null)).toBe(true);
    expect(isComplete({ ...whole, groups: [] }, 'groups')).toBe(true);
    expect(isComplete(whole, 'groups')).toBe(false);
    expect(isComplete({ ...signed, email: 'a@example.org' }, null)).toBe(false);
  });

  it('changes nothing that was signed', () => {
    const told = { sub: 'x', email: 'b@example.org', email_verified: true, groups: ['admin'] };
    expect(joinClaims({ ...whole, groups: [] }, told)).toEqual({ ...whole, groups: [] });
  });

  it('proves no address that was signed without proof', () => {
    const told = { email: 'b@example.org', email_verified: true };
    const joined = joinClaims({ ...signed, email: 'victim@example.org' }, told);
    expect(personOfClaims(joined, null).address?.key).toBe('b@example.org');
    const unproved = joinClaims({ ...signed, email_verified: true }, { email: 'c@example.org' });
    expect(personOfClaims(unproved, null).address).toBeNull();
  });
});
