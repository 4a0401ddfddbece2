import type { ReactNode } from 'react';

/** A table whose columns have names; `children` are its rows. */
export function Table({
  columns,
  caption,
  children,
}: {
  columns: readonly string[];
  /** For screen readers, where no heading says it. */
  caption?: string;
  children: ReactNode;
}) {
  return (
    <table>
      {caption && <caption className="sr-only">{caption}</caption>}
      <thead>
        <tr>
          {columns.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}
