import { Button } from '@/components/ui/Button';
import { TextArea, TextField } from '@/components/ui/Field';
import { LONGEST_INTEREST_NAME } from '@/lib/interests/interest-store';

/** Makes an interest of what somebody pastes. */
export function NewInterest() {
  return (
    <section aria-labelledby="new-interest" className="mt-8">
      <h2 id="new-interest" className="mb-2 text-lg">
        A new interest
      </h2>
      <form method="post" action="/for-you/submit" className="grid max-w-measure gap-3">
        <TextField id="name" name="name" label="Name" maxLength={LONGEST_INTEREST_NAME} required />
        <TextArea
          id="papers"
          name="papers"
          label="Papers"
          rows={5}
          required
          hint="arXiv ids, DOIs or addresses, or the text of a .bib file. Five papers are enough."
        />
        <div>
          <Button name="do" value="create">
            Create it
          </Button>
        </div>
      </form>
    </section>
  );
}
