import { whyLines } from '@/lib/feed/labels';
import type { Explanation } from '@/lib/feed/score';

/** Why a paper stands where it stands: a sum. One text, because thirty of them stand on a page. */
export function Why({ why }: { why: Explanation }) {
  return (
    <details className="why">
      <summary>why here</summary>
      <p>{whyLines(why).join('\n')}</p>
    </details>
  );
}
