/** So many years have a bar of their own; those before them share one. */
const MOST_YEARS = 9;

interface YearBarsProps {
  title: string;
  /** The newest first. */
  years: readonly { year: number; count: number }[];
  hrefOf: (year: number) => string;
}

/** Papers by year, a bar each, that leads to the papers of the year. */
export function YearBars({ title, years, hrefOf }: YearBarsProps) {
  if (years.length === 0) return null;
  const most = Math.max(...years.map(({ count }) => count));
  const earlier = years.slice(MOST_YEARS).reduce((sum, { count }) => sum + count, 0);
  return (
    <nav aria-labelledby="by-year">
      <h2 id="by-year">{title}</h2>
      <ul className="years">
        {years.slice(0, MOST_YEARS).map(({ year, count }) => (
          <li key={year}>
            <a href={hrefOf(year)} rel="nofollow">
              <span>{year}</span>{' '}
              <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                <path d={`M0 0h${Math.max(1, Math.round((100 * count) / most))}v8H0z`} />
              </svg>
              <span className="n">{count.toLocaleString('en')}</span>
            </a>
          </li>
        ))}
      </ul>
      {earlier > 0 && <p className="small">and {earlier.toLocaleString('en')} before</p>}
    </nav>
  );
}
