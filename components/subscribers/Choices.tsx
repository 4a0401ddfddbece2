import type { Choice } from '@/lib/subscribers/choice-words';

/** What was chosen, a line each. */
export function Choices({ choices }: { choices: readonly Choice[] }) {
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-base">
      {choices.map(({ label, value }) => (
        <div key={label} className="contents">
          <dt className="text-muted">{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
