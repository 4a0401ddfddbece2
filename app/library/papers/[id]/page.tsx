import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { signedIn, signInPath } from '@/app/signed-in';
import { Button } from '@/components/ui/Button';
import { Choice, TextArea, TextField } from '@/components/ui/Field';
import { Column, PageHead } from '@/components/ui/PageHead';
import { getDb } from '@/lib/db/client';
import { paperPath } from '@/lib/papers/paper-address';
import { getPaper } from '@/lib/papers/store';
import { LONGEST_NOTE, STATES, savedAmong, shelvesOf } from '@/lib/readers/library-store';
import { STATE_NAMES } from '@/lib/readers/library-view';

export const metadata: Metadata = { title: 'Note', robots: { index: false } };

/** What a reader keeps of one paper: note, labels, reading state, shelves. */
export default async function SavedPaper({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  if (!/^\d{1,9}$/.test(id)) notFound();
  const session = await signedIn(new Date());
  if (!session) redirect(signInPath(`/library/papers/${id}`));
  const db = getDb();
  const [paper, kept, shelves] = await Promise.all([
    getPaper(db, Number(id)),
    savedAmong(db, session.actor, [Number(id)]),
    shelvesOf(db, session.actor),
  ]);
  const saved = kept.get(Number(id));
  if (!paper || !saved) notFound();
  return (
    <Column>
      <PageHead title="Your note">
        On{' '}
        <a className="link" href={paperPath(paper.id)}>
          {paper.title}
        </a>
      </PageHead>
      <form method="post" action={`/library/papers/${paper.id}/submit`} className="grid gap-4">
        <TextArea
          id="note"
          name="note"
          label="Note"
          rows={6}
          maxLength={LONGEST_NOTE}
          defaultValue={saved.note}
        />
        <TextField
          id="labels"
          name="labels"
          label="Labels"
          hint="Separated by commas"
          defaultValue={saved.labels.join(', ')}
        />
        <fieldset className="flex flex-wrap gap-x-5 gap-y-1">
          <legend className="font-semibold">Reading</legend>
          {STATES.map((state) => (
            <Choice
              key={state}
              type="radio"
              name="state"
              value={state}
              label={STATE_NAMES[state]}
              defaultChecked={saved.state === state}
            />
          ))}
        </fieldset>
        <fieldset className="flex flex-wrap gap-x-5 gap-y-1">
          <legend className="font-semibold">Shelves</legend>
          {shelves.map(({ slug, name }) => (
            <Choice
              key={slug}
              name="shelf"
              value={slug}
              label={name}
              defaultChecked={saved.shelves.includes(slug)}
            />
          ))}
        </fieldset>
        <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
          <Button>Save</Button>
          <a className="link" href="/library">
            Back to the library
          </a>
          <a className="link" href={`/library/remove?paper=${paper.id}`}>
            Remove from the library
          </a>
        </div>
      </form>
    </Column>
  );
}
