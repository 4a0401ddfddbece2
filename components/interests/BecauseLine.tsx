import { MarkButton } from '@/components/paper/MarkButton';
import type { Because } from '@/lib/interests/recommend';
import { shorten } from '@/lib/papers/display';
import { paperPath } from '@/lib/papers/paper-address';
import { plainMaths } from '@/lib/papers/tex/plain-text';

/** Which saved paper and which words brought a paper, and a way to say that it is not for the reader. */
export function BecauseLine({
  because,
  titles,
  paperId,
  name,
}: {
  because: readonly Because[];
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
