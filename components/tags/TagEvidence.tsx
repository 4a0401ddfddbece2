import { THRESHOLD } from '@/lib/tags/tag-weights';
import type { TagEvidence as Evidence } from '@/lib/tags/tagger';
import { tagBySlug } from '@/lib/tags/taxonomy';

interface TagEvidenceProps {
  tags: readonly {
    tag: { slug: string; name: string };
    weight: number;
    evidence: readonly Evidence[];
    byHand: boolean;
  }[];
}

const PLACES = {
  title: 'in the title',
  abstract: 'in the abstract',
  keyword: 'among the keywords',
  category: 'arXiv category',
  tag: 'narrower or related tag',
  model: 'words common in papers with this tag',
};

/** A paper's tags, each with the words that it stands on behind a disclosure. */
export function TagEvidence({ tags }: TagEvidenceProps) {
  if (tags.length === 0) return null;
  return (
    <section aria-labelledby="tags" className="sec print:hidden">
      <h2 id="tags">Why these tags</h2>
      <ul className="mt-1">
        {tags.map(({ tag, weight, evidence, byHand }) => (
          <li key={tag.slug} className="flex flex-wrap items-start gap-x-4">
            <a className="quiet-link target min-w-60 text-base" href={`/tags/${tag.slug}`}>
              {tag.name}
            </a>
            {byHand ? (
              <span className="flex min-h-6 items-center text-muted">set by the operator</span>
            ) : (
              <details>
                <summary className="target cursor-pointer text-muted">
                  why<span className="sr-only"> {tag.name}</span>
                  <span aria-hidden="true" className="ms-1">
                    ▾
                  </span>
                </summary>
                <table className="mb-2 tabular-nums">
                  <thead className="sr-only">
                    <tr>
                      <th scope="col">Words</th>
                      <th scope="col">Where</th>
                      <th scope="col">Weight</th>
                    </tr>
                  </thead>
                  <tbody>
                    {evidence.map(({ words, where, weight: part, start }) => (
                      <tr key={`${where} ${start ?? words}`}>
                        <td className="pe-4">{shown(words, where)}</td>
                        <td className="pe-4 text-muted">{PLACES[where]}</td>
                        <td className="text-end">{part.toFixed(2)}</td>
                      </tr>
                    ))}
                  </tbody>
                  <tfoot>
                    <tr className="border-t border-rule">
                      <td className="pe-4 text-muted" colSpan={2}>
                        {sumInWords(evidence, weight)}
                      </td>
                      <td className="text-end">{weight.toFixed(2)}</td>
                    </tr>
                  </tfoot>
                </table>
              </details>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function shown(words: string, where: Evidence['where']): string {
  if (where === 'category') return words;
  return where === 'tag' ? (tagBySlug(words)?.name ?? words) : `“${words}”`;
}

/** The table shows the heaviest evidence; what is left out still counts. */
function sumInWords(evidence: readonly Evidence[], weight: number): string {
  const shown = evidence.reduce((sum, item) => sum + item.weight, 0);
  return weight - shown > 0.02
    ? `Together, with lighter mentions (${THRESHOLD} is enough)`
    : `Together (${THRESHOLD} is enough)`;
}
