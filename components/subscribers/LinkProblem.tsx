import { Button } from '@/components/ui/Button';
import { TextField } from '@/components/ui/Field';
import { Column, PageHead } from '@/components/ui/PageHead';

const WORDS = {
  missing: ['Your digest', 'What you get is chosen behind a link of your own.'],
  invalid: [
    'This link does not work',
    'It is not one of ours, or a part of it was lost on the way. Mail programs sometimes break long links.',
  ],
  expired: [
    'This link is too old',
    'Links stop working after a while, and when a newer one replaced them.',
  ],
  used: ['This link was used before', 'It did what it was for; nothing more is needed.'],
  gone: [
    'There is nothing here any more',
    'The subscription that this link belonged to has ended.',
  ],
} as const;

/** What a link that does nothing says, and the way to one that works. */
export function LinkProblem({ problem }: { problem: keyof typeof WORDS }) {
  const [title, words] = WORDS[problem];
  return (
    <Column>
      <PageHead title={title}>{words}</PageHead>
      <p className="mb-3 text-base">
        Type the address that gets the digest, and a link that works is mailed to it. Or{' '}
        <a className="link" href="/subscribe">
          subscribe
        </a>
        .
      </p>
      <form method="post" action="/preferences/link" className="grid max-w-96 gap-3">
        <TextField
          id="link-email"
          name="email"
          type="email"
          required
          autoComplete="email"
          label="Email address"
        />
        <div>
          <Button>Mail me a link</Button>
        </div>
      </form>
    </Column>
  );
}
