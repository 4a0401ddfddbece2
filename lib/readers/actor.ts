import type { TokenScope } from '@/lib/db/generated/enums';

/**
 * Who asks for something of a reader's own. Every data function in this folder takes an actor and begins
 * with `authorise`: what a request may do is decided there and nowhere else. Pure.
 */
export type Actor =
  | { kind: 'anonymous' }
  | { kind: 'session'; readerId: number; sessionId: number; admin: boolean }
  | { kind: 'token'; readerId: number; scopes: readonly TokenScope[] }
  /** Whoever opened the signed link of a digest: mails are passed on, so it opens little. */
  | { kind: 'link'; readerId: number }
  /** Whoever has the secret address of a reader's feed. */
  | { kind: 'feed'; readerId: number }
  /** The operator, who acts for a reader on the command line, or a job. */
  | { kind: 'operator'; readerId: number }
  /** The operator, who looks after the site on the command line. */
  | { kind: 'command-line' };

export const ANONYMOUS: Actor = { kind: 'anonymous' };
export const COMMAND_LINE: Actor = { kind: 'command-line' };

/**
 * What can be done, and the scope that a token needs for it. `session` takes no token: none makes another one
 * or a browser's session, so that a leaked one ends when it is revoked. `admin` takes an admin's session.
 */
export const ACTIONS = {
  'vote:read': 'read',
  'vote:write': 'write',
  'library:read': 'read',
  'library:write': 'write',
  'interest:read': 'read',
  'interest:write': 'write',
  'follow:read': 'read',
  'follow:write': 'write',
  'account:export': 'account',
  'account:erase': 'account',
  'visit:write': 'session',
  'session:read': 'session',
  'session:revoke': 'session',
  'token:read': 'session',
  'token:create': 'session',
  'token:revoke': 'session',
  'admin:read': 'admin',
  'admin:write': 'admin',
} as const satisfies Record<string, TokenScope | 'session' | 'admin'>;
export type Action = keyof typeof ACTIONS;
export type AdminAction = Extract<Action, `admin:${string}`>;

/** What the buttons behind a digest's links do. */
const BY_LINK: readonly Action[] = ['vote:write', 'library:write'];

/** Why an action was refused. `scope` is what a token lacks; null where no token would do. */
export class NotAllowed extends Error {
  override name = 'NotAllowed';
  constructor(
    readonly status: 401 | 403,
    readonly action: Action,
    readonly scope: TokenScope | null,
  ) {
    super(
      status === 401
        ? 'This is a reader’s own: sign in, or send a personal token.'
        : scope === null
          ? 'This takes a browser that is signed in, for some pages as an admin.'
          : `This token lacks the scope "${scope}".`,
    );
  }
}

/** Whether the actor may, and why not. */
export function refusalOf(actor: Actor, action: Action): NotAllowed | null {
  const needed = ACTIONS[action];
  const scope = needed === 'session' || needed === 'admin' ? null : needed;
  switch (actor.kind) {
    case 'anonymous':
      return new NotAllowed(401, action, scope);
    case 'session':
      return needed !== 'admin' || actor.admin ? null : new NotAllowed(403, action, null);
    case 'operator':
      return needed !== 'admin' ? null : new NotAllowed(403, action, null);
    case 'command-line':
      return needed === 'admin' ? null : new NotAllowed(403, action, null);
    case 'feed':
      return action === 'interest:read' ? null : new NotAllowed(403, action, null);
    case 'link':
      return BY_LINK.includes(action) ? null : new NotAllowed(403, action, null);
    case 'token':
      return scope !== null && actor.scopes.includes(scope)
        ? null
        : new NotAllowed(403, action, scope);
  }
}

/** The id of the reader whose own it is, by which every query is narrowed. Throws `NotAllowed`. */
export function authorise(actor: Actor, action: Exclude<Action, AdminAction>): number {
  const refusal = refusalOf(actor, action);
  if (refusal) throw refusal;
  // Actors without a reader were refused.
  return (actor as Extract<Actor, { readerId: number }>).readerId;
}

/** The id of the admin, for the log; null of the operator. Throws `NotAllowed`. */
export function authoriseAdmin(actor: Actor, action: AdminAction): number | null {
  const refusal = refusalOf(actor, action);
  if (refusal) throw refusal;
  return actor.kind === 'session' ? actor.readerId : null;
}
