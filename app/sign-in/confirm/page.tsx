import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { CodeField, WRONG_CODE } from '@/components/subscribers/CodeField';
import { Button } from '@/components/ui/Button';
import { Column, PageHead } from '@/components/ui/PageHead';
import { getDb } from '@/lib/db/client';
import { first, type SearchParams } from '@/lib/http/search-params';
import { ASKING_COOKIE, readAskingCookie } from '@/lib/readers/cookies';
import { standingOf } from '@/lib/readers/sign-in';
import { env } from '@/lib/runtime/env';

export const metadata: Metadata = {
  title: 'Sign in',
  robots: { index: false },
  referrer: 'same-origin',
};

/** Where the link of a sign-in mail leads. Only the button signs in: mail scanners open links. */
export default async function ConfirmSignIn({ searchParams }: { searchParams: SearchParams }) {
  const search = await searchParams;
  const token = first(search.token);
  const browser = readAskingCookie((await cookies()).get(ASKING_COOKIE)?.value);
  const keys = { secret: env().secret, now: new Date() };
  const { standing, email } = await standingOf(getDb(), token, browser?.key ?? null, keys);
  if (standing === 'void') {
    return (
      <Column>
        <PageHead title="This link doesn’t work any more">
          Links to sign in work once, for 15 minutes, and five wrong codes end them.
        </PageHead>
        <p className="text-base">
          <a className="link" href="/sign-in">
            Ask for a new one
          </a>
        </p>
      </Column>
    );
  }
  const isHere = standing === 'here';
  return (
    <Column>
      <PageHead title={isHere ? 'Sign in' : 'Type the code to sign in here'}>
        {isHere
          ? `You’re signing in as ${email}.`
          : 'You asked in another browser. To sign in in this one, type the code from the same email.'}
      </PageHead>
      <form method="post" action="/sign-in/confirm/submit" className="grid max-w-96 gap-3">
        <input type="hidden" name="token" value={token} />
        {!isHere && <CodeField error={first(search.problem) === 'code' ? WRONG_CODE : undefined} />}
        <div>
          <Button>Sign in</Button>
        </div>
      </form>
      {isHere && <p className="mt-5 text-muted">Not you? Close this page, and nothing happens.</p>}
    </Column>
  );
}
