import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { signedIn, signInPath } from '@/app/signed-in';
import { Button } from '@/components/ui/Button';
import { Choice, TextField } from '@/components/ui/Field';
import { Notice } from '@/components/ui/Notice';
import { Column, PageHead } from '@/components/ui/PageHead';
import { getDb } from '@/lib/db/client';
import { first, type SearchParams } from '@/lib/http/search-params';
import { NEW_TOKEN_HEADER } from '@/lib/readers/cookies';
import { LONGEST_NAME, SCOPES, tokensOf } from '@/lib/readers/personal-token-store';
import { sessionsOf } from '@/lib/readers/session-store';
import { env } from '@/lib/runtime/env';
import { readerLinks } from '@/lib/subscribers/reader-links';
import { findReader } from '@/lib/subscribers/reader-store';
import { timetableWords } from '@/lib/subscribers/timetable';

export const metadata: Metadata = {
  title: 'Account',
  robots: { index: false },
  referrer: 'same-origin',
};

const DONE: Record<string, string> = {
  asked: 'We’ve sent a link for that to your address. It works for an hour.',
  session: 'Signed out there.',
  token: 'Revoked. Programs that have it can’t use it any more.',
};

const PROBLEMS: Record<string, string> = {
  name: `A token needs a name of at most ${LONGEST_NAME} characters, and one scope at least.`,
  many: 'That’s as many tokens as one account can have. Revoke one first.',
  often: 'Too many changes at once. Please try again in an hour.',
};

const SCOPE_WORDS = {
  read: 'read: your library, votes, interests and what you follow',
  write: 'write: save, vote, follow, change interests',
  account: 'account: download or delete everything',
};

const day = (at: Date) => at.toLocaleDateString('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });

/** Who is signed in, where, and which programs may do what. */
export default async function Account({ searchParams }: { searchParams: SearchParams }) {
  const search = await searchParams;
  const now = new Date();
  const session = await signedIn(now);
  if (!session) redirect(signInPath('/account'));
  const { actor, reader } = session;
  const db = getDb();
  const [subscriber, sessions, tokens] = await Promise.all([
    findReader(db, reader.id),
    sessionsOf(db, actor),
    tokensOf(db, actor),
  ]);
  const digest = reader.status === 'active' && subscriber;
  const links = readerLinks(reader, '', env().secret, now);
  const newToken = (await headers()).get(NEW_TOKEN_HEADER);
  const done = DONE[first(search.done)];
  const problem = PROBLEMS[first(search.problem)];
  return (
    <Column>
      <PageHead title="Account">{reader.email}</PageHead>
      {done && <Notice>{done}</Notice>}
      {problem && <Notice kind="alert">{problem}</Notice>}
      {newToken && (
        <Notice>
          <p>Your new token. Copy it now: it isn’t shown again.</p>
          <p className="mt-2">
            <code className="break-all select-all">{newToken}</code>
          </p>
        </Notice>
      )}

      <Part id="digest" title="Digest">
        <p className="text-base">
          {digest ? `By mail ${timetableWords(digest.subscription)}. ` : 'You get no digest. '}
          <a className="link" href={digest ? links.preferences : '/subscribe'}>
            {digest ? 'Topics and timetable' : 'Subscribe'}
          </a>
        </p>
      </Part>

      <Part id="follows" title="Following">
        <p className="text-base">
          <a className="link" href="/follows">
            What you follow
          </a>
          : the tags, authors, categories and searches that your digest is about.
        </p>
      </Part>

      <Part id="library" title="Library">
        <p className="text-base">
          <a className="link" href="/library">
            Your shelves
          </a>
          , with notes and labels; import, export, and what you share.
        </p>
      </Part>

      <Part id="for-you" title="For you">
        <p className="text-base">
          <a className="link" href="/for-you">
            Papers like those that you save
          </a>
          , by shelf or by a list that you paste, also as a feed.
        </p>
      </Part>

      {actor.admin && (
        <Part id="admin" title="Admin">
          <p className="text-base">
            <a className="link" href="/admin">
              How the site is
            </a>
            , its readers and papers, and what admins did.
          </p>
        </Part>
      )}

      <Part id="sessions" title="Where you’re signed in">
        <ul className="divide-y divide-rule border-y border-rule">
          {sessions.map(({ id, browser, createdAt, usedAt }) => (
            <li
              key={id}
              className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2"
            >
              <p>
                <b className="font-semibold">{browser}</b>
                {id === actor.sessionId && ', this one'}
                <span className="block text-muted">
                  Since {day(createdAt)}, last used {day(usedAt)}
                </span>
              </p>
              {id === actor.sessionId ? (
                <form method="post" action="/account/sign-out/submit">
                  <Button look="plain">Sign out</Button>
                </form>
              ) : (
                <form method="post" action="/account/sessions/submit">
                  <input type="hidden" name="id" value={id} />
                  <Button look="plain" aria-label={`Sign out ${browser}, since ${day(createdAt)}`}>
                    Sign out
                  </Button>
                </form>
              )}
            </li>
          ))}
        </ul>
      </Part>

      <Part id="tokens" title="Personal tokens">
        <p className="text-base">
          For your own programs, as <code>Authorization: Bearer …</code> (
          <a className="link" href="/about/api">
            API
          </a>
          ). Anyone with a token can do what its scopes allow.
        </p>
        {tokens.length > 0 && (
          <ul className="mt-3 divide-y divide-rule border-y border-rule">
            {tokens.map(({ id, name, scopes, createdAt, usedAt }) => (
              <li
                key={id}
                className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2"
              >
                <p className="min-w-0 wrap-anywhere">
                  <b className="font-semibold">{name}</b>: {scopes.join(', ')}
                  <span className="block text-muted">
                    Since {day(createdAt)}, {usedAt ? `last used ${day(usedAt)}` : 'never used'}
                  </span>
                </p>
                <form method="post" action="/account/tokens/submit">
                  <input type="hidden" name="do" value="revoke" />
                  <input type="hidden" name="id" value={id} />
                  <Button look="plain" aria-label={`Revoke ${name}`}>
                    Revoke
                  </Button>
                </form>
              </li>
            ))}
          </ul>
        )}
        <form method="post" action="/account/tokens/submit" className="mt-4 grid max-w-96 gap-3">
          <input type="hidden" name="do" value="create" />
          <TextField
            id="token-name"
            name="name"
            label="Name of a new token"
            maxLength={LONGEST_NAME}
            required
          />
          <fieldset>
            <legend className="font-semibold">Scopes</legend>
            {SCOPES.map((scope) => (
              <div key={scope}>
                <Choice
                  name="scope"
                  value={scope}
                  label={SCOPE_WORDS[scope]}
                  defaultChecked={scope === 'read'}
                />
              </div>
            ))}
          </fieldset>
          <div>
            <Button look="plain">Make a token</Button>
          </div>
        </form>
      </Part>

      <Part id="own" title="Your data">
        <ul className="flex flex-wrap gap-x-5 gap-y-2 text-base">
          <li>
            <a className="link" href="/account/export">
              Download everything
            </a>
          </li>
          <li>
            <a className="link" href="/account/erase">
              Delete everything
            </a>
          </li>
        </ul>
        <form method="post" action="/account/move/submit" className="mt-3">
          <Button look="plain">Email me a link to change my address</Button>
        </form>
      </Part>
    </Column>
  );
}

function Part({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section className="mt-8" aria-labelledby={id}>
      <h2 id={id} className="mb-2 text-lg">
        {title}
      </h2>
      {children}
    </section>
  );
}
