import type { Explanation } from '@/lib/feed/score';

/** Where the paper stands in the feed, as a sum with where each number comes from. */
export function WhySection({ why, signals }: { why: Explanation; signals: readonly string[] }) {
  return (
    <section aria-labelledby="why">
      <h2 id="why" className="text-lg">
        Why it ranks here
      </h2>
      <p className="mt-1 text-muted">
        {signals.length > 0 ? `${signals.join(', ')}. ` : 'No source has reported interest yet. '}
        Papers are sorted by this sum;{' '}
        <a className="link" href="/about/ranking">
          how it is made
        </a>
        .
      </p>
      <table className="mt-2 w-full max-w-measure">
        <tbody>
          {why.parts.map(({ key, label, detail, value }) => (
            <tr key={key} className="border-b border-rule align-baseline">
              <th scope="row" className="py-1 pe-4 text-start font-semibold">
                {label}
              </th>
              <td className="py-1 pe-4 text-muted">{detail}</td>
              <td className="py-1 text-end tabular-nums">{value.toFixed(2)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr className="font-semibold">
            <th scope="row" colSpan={2} className="py-1 text-start">
              Score
            </th>
            <td className="py-1 text-end tabular-nums">{why.score.toFixed(2)}</td>
          </tr>
        </tfoot>
      </table>
      {why.remarks.map((remark) => (
        <p key={remark} className="mt-1 max-w-measure text-muted">
          {remark}
        </p>
      ))}
    </section>
  );
}
