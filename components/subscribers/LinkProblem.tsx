import { Button } from '@/components/ui/Button';
import { EmailField } from '@/components/ui/Field';
import { Column, PageHead } from '@/components/ui/PageHead';

const WORDS = {
  missing: ['Manage your subscription', 'You need your personal link for this.'],
  invalid: [
    'This link doesn’t work',
    'It isn’t one of ours, or part of it is missing. Email apps sometimes break long links.',
  ],
  expired: [
    'This link has expired',
    'Links expire after a while, or when a newer one replaces them.',
  ],
  used: ['This link was already used', 'It has done its job, and there is nothing more to do.'],
  gone: ['This subscription no longer exists', 'The subscription this link belonged to has ended.'],
} as const;

/** What a link that does nothing says, and the way to one that works. */
export function LinkProblem({ problem }: { problem: keyof typeof WORDS }) {
  const [title, words] = WORDS[problem];
  return (
    <Column>
      <PageHead title={title}>{words}</PageHead>
      <p className="mb-3 text-base">
        Enter your email address and we’ll send you a new link. Or{' '}
        <a className="link" href="/subscribe">
          subscribe
        </a>
        .
      </p>
      <form method="post" action="/preferences/link" className="grid max-w-96 gap-3">
        <EmailField id="link-email" label="Email address" />
        <div>
          <Button>Email me a link</Button>
        </div>
      </form>
    </Column>
  );
}
