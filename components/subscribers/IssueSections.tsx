import { PaperList } from '@/components/paper/PaperList';
import { PaperRow } from '@/components/paper/PaperRow';
import type { Paper } from '@/lib/papers/paper';

export interface IssueSection {
  heading: string;
  papers: readonly { paper: Paper; why?: string; upvotes: number | null }[];
}

/** A digest on the web: the same sections and papers as in the mail, whose list links to the rows. */
export function IssueSections({ sections }: { sections: readonly IssueSection[] }) {
  const now = new Date();
  return sections.map(({ heading, papers }) => (
    <section key={heading} className="mt-6" aria-label={heading}>
      <h2 className="mb-2 text-lg">{heading}</h2>
      <PaperList label={heading}>
        {papers.map(({ paper, why, upvotes }) => (
          <PaperRow
            key={paper.id}
            paper={paper}
            now={now}
            heading="h3"
            signal={{ upvotes, gains: null, listed: null }}
            note={why}
          />
        ))}
      </PaperList>
    </section>
  ));
}
