import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { signedIn } from '@/app/signed-in';
import { Button } from '@/components/ui/Button';
import { EmailField } from '@/components/ui/Field';
import { Notice } from '@/components/ui/Notice';
import { Column, PageHead } from '@/components/ui/PageHead';
import { first, type SearchParams } from '@/lib/http/search-params';
import { ownPath } from '@/lib/readers/cookies';
import { providerName } from '@/lib/readers/identity-provider';
import { env } from '@/lib/runtime/env';

export const metadata: Metadata = {
  title: 'Sign in',
  robots: { index: false },
  referrer: 'same-origin',
};

const PROBLEMS: Record<string, string> = {
  address: 'That doesn’t look like an email address. Please check it.',
  often: 'Too many requests came from here. Please try again in an hour.',
  'provider-away': 'It doesn’t answer at the moment. You can sign in by email instead.',
  'provider-refused': 'You weren’t signed in there. Try again, or sign in by email.',
  'provider-void': 'That sign-in has expired or was already used. Please try again.',
  'provider-key': 'What it answered couldn’t be checked. Please try again, or sign in by email.',
  'provider-clock':
    'Its clock and ours differ, so its answer isn’t valid here. The operator of this site has to see to that. You can sign in by email instead.',
  'provider-unverified':
    'It hasn’t verified an email address of yours that we could use. Verify it there, or sign in by email.',
  'provider-domain': 'Your email address there is at a domain that can’t sign in here.',
  void: 'That link or code has expired or was already used. Please ask for a new one.',
};

/** There are no passwords: an identity provider, where the site has one, and a mail. */
export default async function SignIn({ searchParams }: { searchParams: SearchParams }) {
  const search = await searchParams;
  const next = ownPath(first(search.next));
  if (await signedIn(new Date())) redirect(next);
  const { oidc, membership } = env();
  const provider = oidc && providerName(oidc);
  const what = first(search.problem);
  const problem = PROBLEMS[what];
  return (
    <Column>
      <PageHead title="Sign in">
        {membership.isPrivate
          ? 'This site is private: sign in to read it. There’s no password'
          : 'Keep a library, vote for papers, and say what isn’t for you. There’s no password'}
        {provider ? '. ' : ': we email you a link. '}
        Signing in doesn’t start a digest.
      </PageHead>
      {problem && (
        <Notice kind="alert">
          {what.startsWith('provider-') && `${provider}: `}
          {problem}
        </Notice>
      )}
      {provider && (
        <>
          <form method="post" action="/sign-in/provider/submit" className="mt-5">
            <input type="hidden" name="next" value={next} />
            <Button>Sign in with {provider}</Button>
          </form>
          <h2 className="mt-8 text-lg">Or by email</h2>
        </>
      )}
      <form method="post" action="/sign-in/submit" className="mt-5 grid max-w-96 gap-3">
        <input type="hidden" name="next" value={next} />
        <EmailField id="sign-in-email" label="Email address" />
        <div>
          <Button look={provider ? 'plain' : 'main'}>Email me a link</Button>
        </div>
      </form>
    </Column>
  );
}
