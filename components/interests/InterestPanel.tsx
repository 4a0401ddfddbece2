import { Button } from '@/components/ui/Button';
import { Choice, TextField } from '@/components/ui/Field';
import type { OpenInterest } from '@/lib/interests/for-reader';
import type { Interest } from '@/lib/interests/interest-store';

/** An interest laid open: its slider, its words, and what its reader changed. */
export function InterestPanel({ interest, open }: { interest: Interest; open: OpenInterest }) {
  const { key, name, papers, balance, everywhere } = interest;
  const isShelf = interest.shelf !== null;
  return (
    <section aria-labelledby="interest" className="mb-6 border-y border-rule py-4">
      <h2 id="interest" className="text-lg">
        {name}
      </h2>
      <p className="text-muted">
        {papers.length} {papers.length === 1 ? 'paper' : 'papers'}
        {isShelf ? ' on your shelf' : ' that you pasted'}
        {papers.length < FEW && `. Works better with ${FEW} or more`}.
      </p>
      <form method="post" action="/for-you/submit" className="mt-3 grid max-w-96 gap-2">
        <input type="hidden" name="interest" value={key} />
        <label htmlFor="balance" className="font-semibold">
          From popular to like these papers
        </label>
        <div className="flex items-center gap-3">
          <span aria-hidden="true">popular</span>
          <input
            id="balance"
            className="grow"
            type="range"
            name="balance"
            min={0}
            max={100}
            step={10}
            defaultValue={Math.round(balance * 100)}
          />
          <span aria-hidden="true">like these</span>
        </div>
        {(open.archive || everywhere) && (
          <Choice
            name="everywhere"
            value="yes"
            defaultChecked={everywhere}
            label={`Include papers outside ${open.archive ?? 'their archive'}`}
          />
        )}
        <div>
          <Button look="plain" name="do" value="tune">
            Apply
          </Button>
        </div>
      </form>
      <details className="mt-3">
        <summary className="target">Its words</summary>
        <Words interest={interest} open={open} />
      </details>
      <form method="post" action="/for-you/submit" className="mt-3 flex flex-wrap gap-3">
        <input type="hidden" name="interest" value={key} />
        <Button look="plain" name="do" value="reset">
          Reset
        </Button>
        {!isShelf && (
          <Button look="plain" name="do" value="delete">
            Delete this interest
          </Button>
        )}
      </form>
    </section>
  );
}

const FEW = 5;
/** Those after them hardly matter. */
const SHOWN_WORDS = 40;

function Words({ interest: { key }, open }: { interest: Interest; open: OpenInterest }) {
  return (
    <form method="post" action="/for-you/submit" className="mt-2">
      <input type="hidden" name="interest" value={key} />
      <div className="flex max-w-96 items-end gap-3">
        <div className="grow">
          <TextField id="word" name="word" label="Add a word" maxLength={100} />
        </div>
        <Button look="plain" name="do" value="add">
          Add
        </Button>
      </div>
      <ul className="mt-3 flex flex-wrap gap-2">
        {open.words.slice(0, SHOWN_WORDS).map(({ stem, word, part, added }) => (
          <li key={stem} className="inline-flex items-center gap-1 border border-rule ps-2">
            <span className={added ? 'font-semibold' : undefined}>{word}</span>
            <span className="text-muted">{Math.max(1, Math.round(100 * part))}</span>
            <button
              className="target cursor-pointer px-2 hover:text-accent"
              type="submit"
              name="do"
              value={`${added ? 'restore' : 'drop'}:${stem}`}
              aria-label={`Leave out ${word}`}
            >
              ×
            </button>
          </li>
        ))}
      </ul>
      {open.dropped.length > 0 && (
        <>
          <h3 className="mt-4 font-semibold">Left out</h3>
          <ul className="mt-1 flex flex-wrap gap-2">
            {open.dropped.map(({ stem, word }) => (
              <li key={stem}>
                <button
                  className="target cursor-pointer border border-rule px-2 hover:text-accent"
                  type="submit"
                  name="do"
                  value={`restore:${stem}`}
                  aria-label={`Put ${word} back`}
                >
                  {word} +
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </form>
  );
}
