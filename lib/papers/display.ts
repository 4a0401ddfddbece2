/** How papers are put into words: names and counts. The same on pages, in mails and in feeds. */

/**
 * A line of authors. Up to `most` names are all given; of more, the first three and the last with
 * the number of all: "A, B, C … Z (45 authors)".
 */
export function authorLine(authors: readonly string[], most = 6): string {
  if (authors.length <= most) return authors.join(', ');
  return `${authors.slice(0, 3).join(', ')} … ${authors.at(-1)} (${authors.length} authors)`;
}

const count = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

/** "950", "2.1K", "1.3M". */
export function compactCount(value: number): string {
  return count.format(value);
}

export function arxivAbstractUrl(arxivId: string): string {
  return `https://arxiv.org/abs/${arxivId}`;
}

export function arxivPdfUrl(arxivId: string): string {
  return `https://arxiv.org/pdf/${arxivId}`;
}

/** The paper as a web page, which arXiv makes of what was submitted since December 2023; else null. */
export function arxivHtmlUrl(arxivId: string): string | null {
  const month = /^(\d{4})\./.exec(arxivId)?.[1];
  return month && month >= '2312' ? `https://arxiv.org/html/${arxivId}` : null;
}

/** Where the daily papers' readers discuss it. */
export function discussionUrl(arxivId: string): string {
  return `https://huggingface.co/papers/${arxivId}`;
}

export function doiUrl(doi: string): string {
  return `https://doi.org/${encodeURI(doi)}`;
}

/** Every version that arXiv keeps has an address; older ones have it, too. */
export function arxivVersionUrl(arxivId: string, version: number): string {
  return `${arxivAbstractUrl(arxivId)}v${version}`;
}

/** Where other sites have the paper, by its id: no address is guessed from the title. */
export function pagesElsewhere({
  arxivId,
  doi,
}: {
  arxivId: string | null;
  doi: string | null;
}): { name: string; url: string }[] {
  if (arxivId) {
    // Some know the ids of 2007 and later alone, which have no slash.
    const isNew = !arxivId.includes('/');
    return [
      ...(isNew
        ? [
            { name: 'Hugging Face', url: discussionUrl(arxivId) },
            { name: 'alphaXiv', url: `https://www.alphaxiv.org/abs/${arxivId}` },
          ]
        : []),
      { name: 'Semantic Scholar', url: `https://api.semanticscholar.org/arXiv:${arxivId}` },
      {
        name: 'Google Scholar',
        url: `https://scholar.google.com/scholar_lookup?arxiv_id=${arxivId}`,
      },
      ...(isNew
        ? [
            {
              name: 'Connected Papers',
              url: `https://www.connectedpapers.com/api/redirect/arxiv/${arxivId}`,
            },
          ]
        : []),
    ];
  }
  if (!doi) return [];
  const path = encodeURI(doi);
  const value = encodeURIComponent(doi);
  return [
    { name: 'Semantic Scholar', url: `https://api.semanticscholar.org/DOI:${path}` },
    { name: 'Google Scholar', url: `https://scholar.google.com/scholar_lookup?doi=${value}` },
    {
      name: 'Connected Papers',
      url: `https://www.connectedpapers.com/api/redirect/doi/${value}`,
    },
  ];
}

/**
 * An address from a source, if it is one a reader may be sent to: http or https, nothing else. Null
 * for the rest (`javascript:` above all).
 */
export function webUrl(value: string | null): string | null {
  if (value === null || !URL.canParse(value)) return null;
  const url = new URL(value);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null;
}

/**
 * What no cut text ends with: marks and small words. One mark at a time, and words told by the mark before
 * them: where two alternatives take the same run, a long one costs exponential time.
 */
const LOOSE_END =
  /(?:[\s,;:(“‘–—-]|(?<=[\s(“‘–—])(?:a|an|the|this|our|its|their|and|or|but|of|to|for|from|in|on|at|as|by|with|via|than|that|which|who|where|when|while|is|are|be|can|uses?|using|into|between|over|under|more|both|without|through|across|such|new|novel))+$/i;

/** A text that is cut, without the punctuation and the small words that it would end with. */
export const withoutLooseEnd = (text: string) => text.replace(LOOSE_END, '');

/** Cuts at a word's end, with an ellipsis. `most` counts characters. */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most - 1);
  const space = cut.lastIndexOf(' ');
  const words = space > most / 2 ? cut.slice(0, space) : cut;
  return `${withoutLooseEnd(words)
    .replace(/[\s.]+$/u, '')
    .replace(/\p{Surrogate}$/u, '')}…`;
}
