import { Marked } from '@/components/search/Marked';
import type { Piece } from '@/lib/search/highlight';

/** Where a search matched, in the words of the abstract. */
export function Snippet({ pieces }: { pieces: readonly Piece[] }) {
  if (pieces.length === 0) return null;
  return (
    <p className="gist">
      <Marked pieces={pieces} />
    </p>
  );
}
