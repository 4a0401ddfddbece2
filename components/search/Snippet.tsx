import { RichText } from '@/components/paper/RichText';
import type { Piece } from '@/lib/search/highlight';

/** Where a search matched, in the words of the abstract. */
export function Snippet({ pieces }: { pieces: readonly Piece[] }) {
  if (pieces.length === 0) return null;
  return (
    <div className="abstract">
      <p>
        {pieces.map(({ text, hit }, i) => {
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a fixed text have no other identity
          if (hit) return <mark key={i}>{text}</mark>;
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          return <RichText key={i} text={text} />;
        })}
      </p>
    </div>
  );
}
