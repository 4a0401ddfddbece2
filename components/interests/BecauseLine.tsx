import { MarkButton } from '@/components/paper/MarkButton';
import { listed } from '@/lib/feed/labels';
import type { Because } from '@/lib/interests/recommend';
import { shorten } from '@/lib/papers/display';
import { paperPath } from '@/lib/papers/paper-address';
import { plainMaths } from '@/lib/papers/tex/plain-text';
import { followWords } from '@/lib/subscribers/choice-words';
import type { Follow } from '@/lib/subscribers/follow';

/** Which saved paper and which words brought a paper, what of it the reader follows, and a way to say that it is not for the reader. */
export function BecauseLine({
  because,
  follows,
  titles,
  paperId,
  name,
}: {
  because: readonly Because[];
  follows: readonly Follow[];
  titles: ReadonlyMap<number, string>;
  paperId: number;
  name: string;
}) {
  const saved = because.find(({ paper }) => paper !== undefined)?.paper;
  const title = saved === undefined ? undefined : titles.get(saved);
  const words = because.flatMap(({ word }) => word ?? []);
  return (
    <p className="because">
      {title ? (
        <>
          Because of <a href={paperPath(saved!)}>{shorten(plainMaths(title), 60)}</a>:{' '}
        </>
      ) : (
        'Because of '
      )}
      {words.map((word) => `“${word}”`).join(', ')}.{' '}
      {follows.length > 0 && `You follow ${listed(follows.map(followWords), 'and')}. `}
      <MarkButton
        className="link"
        mark="dismiss"
        paperId={paperId}
        aria-label={`Not for me: ${name}`}
      >
        Not for me
      </MarkButton>
    </p>
  );
}
