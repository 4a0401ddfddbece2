import { RichText } from '@/components/paper/RichText';
import type { Piece } from '@/lib/search/highlight';

/** A text with the places marked where a search matched. */
export function Marked({ pieces }: { pieces: readonly Piece[] }) {
  return pieces.map(({ text, hit }, i) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a fixed text have no other identity
    if (hit) return <mark key={i}>{text}</mark>;
    // biome-ignore lint/suspicious/noArrayIndexKey: as above
    return <RichText key={i} text={text} />;
  });
}
