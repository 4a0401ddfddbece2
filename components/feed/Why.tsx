import { whyLines } from '@/lib/feed/labels';
import type { Explanation } from '@/lib/feed/score';

/** Why a paper ranks here: a sentence, and folded behind it the sum. One text, because thirty stand on a page. */
export function Why({ reason, why, name }: { reason: string; why: Explanation; name: string }) {
  return (
    <details className="why">
      <summary aria-label={`Why it ranks here: ${name}`}>Why</summary>
      <div className="because">
        {reason}{' '}
        <details>
          <summary>How this adds up</summary>
          <p className="sum">{whyLines(why).join('\n')}</p>
        </details>
      </div>
    </details>
  );
}
