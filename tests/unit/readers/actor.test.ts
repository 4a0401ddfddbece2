import { describe, expect, it } from 'vitest';
import { ACTIONS, type Action, type Actor, authorise, refusalOf } from '@/lib/readers/actor';

const token = (...scopes: ('read' | 'write' | 'account')[]): Actor => ({
  kind: 'token',
  readerId: 7,
  scopes,
});
const ALL = Object.keys(ACTIONS) as Action[];
const allowed = (actor: Actor) => ALL.filter((action) => refusalOf(actor, action) === null);

describe('who may do what', () => {
  it('refuses everything to whoever is nobody, as not signed in', () => {
    expect(allowed({ kind: 'anonymous' })).toEqual([]);
    for (const action of ALL) expect(refusalOf({ kind: 'anonymous' }, action)?.status).toBe(401);
  });

  it('opens everything to a session', () => {
    expect(allowed({ kind: 'session', readerId: 7, sessionId: 1, admin: false })).toEqual(ALL);
  });

  it.each([
    ['read', ['vote:read', 'library:read', 'interest:read']],
    ['write', ['vote:write', 'library:write', 'interest:write']],
    ['account', ['account:export', 'account:erase']],
  ] as const)(
    'opens to a token with the scope %s what it names and nothing else',
    (scope, actions) => {
      expect(allowed(token(scope))).toEqual(actions);
      expect(refusalOf(token(), actions[0])).toMatchObject({ status: 403, scope });
    },
  );

  it('never lets a token make or see another key', () => {
    const keys = ALL.filter((action) => /^(?:session|token):/.test(action));
    expect(keys.length).toBeGreaterThan(0);
    for (const action of keys) {
      expect(refusalOf(token('read', 'write', 'account'), action)?.status).toBe(403);
    }
  });

  it('lets the link of a digest vote and save, as digests are passed on', () => {
    expect(allowed({ kind: 'link', readerId: 7 })).toEqual(['vote:write', 'library:write']);
  });

  it('gives the reader by whom queries are narrowed', () => {
    expect(authorise(token('read'), 'library:read')).toBe(7);
    expect(() => authorise(token('read'), 'library:write')).toThrow('"write"');
  });
});
