import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { signedIn } from '@/app/signed-in';
import { Button } from '@/components/ui/Button';
import { EmailField } from '@/components/ui/Field';
import { Notice } from '@/components/ui/Notice';
import { Column, PageHead } from '@/components/ui/PageHead';
import { first, type SearchParams } from '@/lib/http/search-params';
import { ownPath } from '@/lib/readers/cookies';

export const metadata: Metadata = {
  title: 'Sign in',
  robots: { index: false },
  referrer: 'same-origin',
};

const PROBLEMS: Record<string, string> = {
  address: 'That doesn’t look like an email address. Please check it.',
  often: 'Too many requests came from here. Please try again in an hour.',
  void: 'That link or code has expired or was already used. Please ask for a new one.',
};

/** One field: there are no passwords. */
export default async function SignIn({ searchParams }: { searchParams: SearchParams }) {
  const search = await searchParams;
  const next = ownPath(first(search.next));
  if (await signedIn(new Date())) redirect(next);
  const problem = PROBLEMS[first(search.problem)];
  return (
    <Column>
      <PageHead title="Sign in">
        Keep a library, vote for papers, and say what isn’t for you. There’s no password: we email
        you a link. Signing in doesn’t start a digest.
      </PageHead>
      {problem && <Notice kind="alert">{problem}</Notice>}
      <form method="post" action="/sign-in/submit" className="mt-5 grid max-w-96 gap-3">
        <input type="hidden" name="next" value={next} />
        <EmailField id="sign-in-email" label="Email address" />
        <div>
          <Button>Email me a link</Button>
        </div>
      </form>
    </Column>
  );
}
