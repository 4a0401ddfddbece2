import type { ReactNode } from 'react';

/** The one `<h1>` of a page, with an optional line that says what the page is for. */
export function PageHead({ title, children }: { title: ReactNode; children?: ReactNode }) {
  return (
    <div className="mb-5">
      <h1 className="text-2xl">{title}</h1>
      {children && <div className="mt-1 max-w-measure text-base text-muted">{children}</div>}
    </div>
  );
}

/** A page of running text or of one form, no wider than its lines are read well. */
export function Column({ children }: { children: ReactNode }) {
  return <div className="max-w-measure">{children}</div>;
}
