import type { ReactNode } from 'react';

/** Where a list would stand: says why it is empty and what to do next. */
export function EmptyState({ title, children }: { title: ReactNode; children: ReactNode }) {
  return (
    <div className="border-y border-rule py-8">
      <p className="font-serif text-xl font-semibold">{title}</p>
      <div className="mt-1 max-w-measure text-base text-muted">{children}</div>
    </div>
  );
}
