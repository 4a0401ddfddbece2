import type { ReactNode } from 'react';

/** The list around `PaperRow`s. A list that goes on with an earlier one says from where. */
export function PaperList({
  label,
  start,
  children,
}: {
  label: string;
  start?: number;
  children: ReactNode;
}) {
  return (
    <ol className="papers" aria-label={label} start={start}>
      {children}
    </ol>
  );
}
