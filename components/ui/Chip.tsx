import type { ReactNode } from 'react';

/** A word with a link that takes it away: part of a search, a filter. */
export function Chip({
  children,
  removeHref,
  removeLabel,
}: {
  children: ReactNode;
  removeHref?: string;
  /** Read to those who do not see the cross: "Remove tag:peft". */
  removeLabel?: string;
}) {
  return (
    <span className="inline-flex min-h-6 items-center gap-1 border border-edge ps-2 text-sm">
      <span className={removeHref ? '' : 'pe-2'}>{children}</span>
      {removeHref && (
        <a
          href={removeHref}
          aria-label={removeLabel}
          className="target justify-center text-muted hover:text-accent"
        >
          ×
        </a>
      )}
    </span>
  );
}
