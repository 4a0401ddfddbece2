import type { Draft } from '@/lib/papers/draft';
import type { PaperState } from '@/lib/papers/merge';

/** Papers by each of their identities. */
export class KnownPapers<P extends { state: PaperState }> {
  private readonly arxivIds = new Map<string, P>();
  private readonly dois = new Map<string, P>();
  private readonly titles = new Map<string, Set<P>>();

  /** Call it again when a paper got another identity. Identities are never taken away. */
  add(paper: P): void {
    const { arxivId, doi, titleKey } = paper.state;
    if (arxivId !== null) this.arxivIds.set(arxivId, paper);
    if (doi !== null) this.dois.set(doi, paper);
    const titled = this.titles.get(titleKey);
    if (titled) titled.add(paper);
    else this.titles.set(titleKey, new Set([paper]));
  }

  /** The known paper that `draft` is about, null where there is none, or why it cannot be told. */
  match(draft: Draft): P | null | { problem: string } {
    const byArxivId = draft.arxivId === null ? undefined : this.arxivIds.get(draft.arxivId);
    if (byArxivId) return byArxivId;
    const byDoi = this.byDoi(draft.doi);
    // Two arXiv papers may share a DOI, such as the two parts of an article. They stay two papers.
    if (byDoi && (draft.arxivId === null || byDoi.state.arxivId === null)) return byDoi;
    return this.byTitle(draft);
  }

  byDoi(doi: string | null): P | undefined {
    return doi === null ? undefined : this.dois.get(doi);
  }

  private byTitle(draft: Draft): P | null | { problem: string } {
    let found = [...(this.titles.get(draft.titleKey) ?? [])].filter(({ state }) =>
      mayBe(draft, state),
    );
    if (found.length > 1)
      found = narrowed(found, (p) => p.state.firstAuthorKey === draft.firstAuthorKey);
    if (found.length > 1) found = narrowed(found, (p) => p.state.abstract === draft.abstract);
    if (found.length <= 1) return found[0] ?? null;
    if (draft.arxivId !== null || draft.doi !== null) return null;
    const what = draft.firstAuthorKey === '' ? 'this title' : 'this title and first author';
    return {
      problem: `${found.length} papers have ${what}; an arXiv id or a DOI would tell them apart`,
    };
  }
}

function narrowed<P>(papers: P[], test: (paper: P) => boolean): P[] {
  const kept = papers.filter(test);
  return kept.length > 0 ? kept : papers;
}

/** Whether an equal title may mean the same paper: no identity and no first author contradicts. */
function mayBe(draft: Draft, stored: PaperState): boolean {
  if (draft.arxivId !== null && stored.arxivId !== null) return false;
  if (draft.doi !== null && stored.doi !== null && draft.doi !== stored.doi) return false;
  return (
    draft.firstAuthorKey === '' ||
    stored.firstAuthorKey === '' ||
    draft.firstAuthorKey === stored.firstAuthorKey
  );
}
