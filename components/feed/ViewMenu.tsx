import { DENSITIES } from '@/lib/site/appearance';

const DENSITY_NAMES = { comfortable: 'Comfortable', compact: 'Compact', titles: 'Titles only' };

/** How much of each paper a list shows: links to the anchors of `ListFrame`, remembered by a script. */
export function ViewMenu() {
  return (
    <details className="menu last">
      <summary>View</summary>
      <ul className="drop">
        {DENSITIES.map((density) => (
          <li key={density}>
            <a href={`#${density}`} data-density-choice={density}>
              {DENSITY_NAMES[density]}
            </a>{' '}
          </li>
        ))}
      </ul>
    </details>
  );
}
