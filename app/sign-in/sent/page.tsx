import type { Metadata } from 'next';
import { CodeField, WRONG_CODE } from '@/components/subscribers/CodeField';
import { MailKept } from '@/components/subscribers/MailKept';
import { Button } from '@/components/ui/Button';
import { Column, PageHead } from '@/components/ui/PageHead';
import { first, type SearchParams } from '@/lib/http/search-params';
import { env } from '@/lib/runtime/env';

export const metadata: Metadata = { title: 'Check your inbox', robots: { index: false } };

/** The same for every address, known or not. */
export default async function Sent({ searchParams }: { searchParams: SearchParams }) {
  const isWrong = first((await searchParams).problem) === 'code';
  return (
    <Column>
      <PageHead title="Check your inbox">
        If this address can {env().membership.isPrivate ? 'sign in here' : 'receive mail'}, we’ve
        sent it a link and a code. Open the link in this browser, or type the code here if you read
        your mail on another device.
      </PageHead>
      <form method="post" action="/sign-in/confirm/submit" className="grid max-w-96 gap-3">
        <CodeField error={isWrong ? WRONG_CODE : undefined} />
        <div>
          <Button>Sign in</Button>
        </div>
      </form>
      <p className="mt-5 text-base">
        Both work once, for 15 minutes. No email after a few minutes? Check your spam folder and the
        address you typed, or{' '}
        <a className="link" href="/sign-in">
          try again
        </a>
        .
      </p>
      <MailKept />
    </Column>
  );
}
