import { ChipLink } from '@/components/feed/ChipLink';
import type { ChosenChip } from '@/lib/feed/chips';

/** A part of the filter that is on, with the ways to turn it round and to take it away. */
export function ChosenFilter({ chip: { label, name, kind, turn, remove } }: { chip: ChosenChip }) {
  const isWith = kind === 'with';
  return (
    <li>
      <span className={isWith ? 'set' : 'set not'}>
        <span>
          {!isWith && <i>not </i>}
          {label}
        </span>
        {turn && (
          <ChipLink link={turn} label={isWith ? `Leave out ${name}` : `Ask for ${name}`}>
            {isWith ? '–' : '+'}
          </ChipLink>
        )}
        <ChipLink link={remove} label={`Remove ${isWith ? name : `“not ${name}”`}`}>
          ×
        </ChipLink>
      </span>{' '}
    </li>
  );
}
