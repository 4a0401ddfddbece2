/** Links to the neighbouring pages of a list. A list that fits on one page has none. */
export function Pager({ first, next }: { first?: string | null; next?: string | null }) {
  if (!first && !next) return null;
  return (
    <nav
      aria-label="Pages"
      className="print:hidden mt-2 flex gap-6 border-t-2 border-ink pt-3 text-base"
    >
      {first && (
        <a className="link target" href={first} rel="first">
          First page
        </a>
      )}
      {next && (
        <a className="link target" href={next} rel="next">
          Next page
        </a>
      )}
    </nav>
  );
}
