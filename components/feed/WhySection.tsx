import type { Explanation } from '@/lib/feed/score';

/** Why the paper stands where it stands: a sentence, what of it is interest as a bar, and the sum folded. */
export function WhySection({
  reason,
  why,
  signals,
}: {
  reason: string;
  why: Explanation;
  /** What sources report, in words. */
  signals: readonly string[];
}) {
  return (
    <section aria-labelledby="why" className="sec">
      <h2 id="why">Why it ranks here</h2>
      <p className="reason">{reason}</p>
      <PartsBar parts={why.parts} />
      <details className="fold-sum">
        <summary>How this adds up</summary>
        {signals.length > 0 && <p className="small">Reported: {signals.join(', ')}.</p>}
        <table className="sum">
          <tbody>
            {why.parts.map(({ key, label, detail, value }) => (
              <tr key={key}>
                <th scope="row">{label}</th>
                <td>{detail}</td>
                <td>{value.toFixed(2)}</td>
              </tr>
            ))}
            <tr>
              <th scope="row">Score</th>
              <td>
                <a className="link" href="/about/ranking">
                  How papers are ranked
                </a>
              </td>
              <td>{why.score.toFixed(2)}</td>
            </tr>
          </tbody>
        </table>
        {why.remarks.map((remark) => (
          <p key={remark} className="small">
            {remark}
          </p>
        ))}
      </details>
    </section>
  );
}

const WIDTH = 400;
const GAP = 2;

/** The date is by far the largest part, and the same for all papers of the day: it has no place in the bar. */
function PartsBar({ parts }: { parts: Explanation['parts'] }) {
  const interest = parts.filter(({ key, value }) => key !== 'date' && value > 0);
  const date = parts.find(({ key }) => key === 'date');
  const sum = interest.reduce((total, { value }) => total + value, 0);
  if (sum === 0) return null;
  const share = (value: number) => (value / sum) * WIDTH;
  const words = interest.map(({ label, value }) => `${label} ${value.toFixed(2)}`).join(' + ');
  return (
    <figure className="parts">
      <svg viewBox={`0 0 ${WIDTH} 8`} preserveAspectRatio="none" role="img" aria-label={words}>
        {interest.map(({ key, value }, i) => {
          const start = interest.slice(0, i).reduce((x, part) => x + share(part.value), 0);
          const width = Math.max(1, share(value) - GAP).toFixed(1);
          return (
            <path
              key={key}
              className={key === 'start' ? undefined : 'now'}
              d={`M${start.toFixed(1)} 0h${width}v8h-${width}z`}
            />
          );
        })}
      </svg>
      <figcaption className="small">
        <span aria-hidden="true">{words}.</span>
        {date && ` Its date adds ${date.value.toFixed(2)}, as it does for every paper of that day.`}
      </figcaption>
    </figure>
  );
}
