import type { ReactNode } from 'react';

/** The list around `PaperRow`s. */
export function PaperList({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ol className="papers" aria-label={label}>
      {children}
    </ol>
  );
}
