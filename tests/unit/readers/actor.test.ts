import { describe, expect, it } from 'vitest';
import {
  ACTIONS,
  type Action,
  type Actor,
  authorise,
  authoriseAdmin,
  COMMAND_LINE,
  refusalOf,
} from '@/lib/readers/actor';

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

  const session = (admin: boolean): Actor => ({
    kind: 'session',
    readerId: 7,
    sessionId: 1,
    admin,
  });
  const OWN = ALL.filter((action) => !action.startsWith('admin:'));

  it('opens everything of a reader’s own to a session, and the rest to an admin’s', () => {
    expect(allowed(session(false))).toEqual(OWN);
    expect(refusalOf(session(false), 'admin:read')?.status).toBe(403);
    expect(allowed(session(true))).toEqual(ALL);
  });

  it('opens what an admin may to the command line, and nothing of a reader’s own', () => {
    expect(allowed(COMMAND_LINE)).toEqual(['admin:read', 'admin:write']);
    expect(allowed({ kind: 'operator', readerId: 7 })).toEqual(OWN);
  });

  it('says who acted: the admin by id, the operator by none', () => {
    expect(authoriseAdmin(session(true), 'admin:write')).toBe(7);
    expect(authoriseAdmin(COMMAND_LINE, 'admin:write')).toBeNull();
    expect(() => authoriseAdmin(session(false), 'admin:write')).toThrow();
    expect(() => authoriseAdmin(token('read', 'write', 'account'), 'admin:read')).toThrow();
  });

  it.each([
    ['read', ['vote:read', 'library:read', 'interest:read', 'follow:read']],
    ['write', ['vote:write', 'library:write', 'interest:write', 'follow:write']],
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
