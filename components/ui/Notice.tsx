import type { ReactNode } from 'react';

/**
 * What just happened, or what the reader must know first. `alert` is for errors: it is announced at
 * once and set off by the accent.
 */
export function Notice({
  kind = 'status',
  children,
}: {
  kind?: 'status' | 'alert';
  children: ReactNode;
}) {
  return (
    <div
      role={kind}
      className={`border-s-3 bg-wash px-4 py-3 text-base ${kind === 'alert' ? 'border-accent' : 'border-edge'}`}
    >
      {children}
    </div>
  );
}
