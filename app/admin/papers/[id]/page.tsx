import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { AdminFrame } from '@/app/admin/AdminFrame';
import { ReasonField, SureField } from '@/app/admin/act-fields';
import { adminSession } from '@/app/admin/admin-session';
import { Button } from '@/components/ui/Button';
import { SelectField, TextArea, TextField } from '@/components/ui/Field';
import { ACTS } from '@/lib/admin/acts';
import { type FoundPaper, type PaperTagRow, paperDetails } from '@/lib/admin/paper-acts';
import { isoDay, isoMinute } from '@/lib/calendar/day-names';
import { getDb } from '@/lib/db/client';
import { first, type SearchParams } from '@/lib/http/search-params';
import { rowId } from '@/lib/http/segment';
import type { PaperState } from '@/lib/papers/merge';
import { paperPath } from '@/lib/papers/paper-address';
import { TAGS, tagBySlug } from '@/lib/tags/taxonomy';

export const metadata: Metadata = { title: 'Paper', robots: { index: false } };

type Props = { params: Promise<{ id: string }>; searchParams: SearchParams };

const BY_NAME = [...TAGS].sort((a, b) => a.name.localeCompare(b.name, 'en'));

/** A paper, and what can be done to it. */
export default async function PaperAdmin({ params, searchParams }: Props) {
  const now = new Date();
  const actor = await adminSession(now);
  const search = await searchParams;
  const id = rowId((await params).id);
  const paper = id && (await paperDetails(getDb(), actor, id));
  if (!paper) notFound();
  const isPinned = paper.pinnedUntil !== null && paper.pinnedUntil > now;
  const done = first(search.done);
  const intoId = rowId(first(search.into));
  const into = intoId && intoId !== id ? await paperDetails(getDb(), actor, intoId) : null;
  return (
    <AdminFrame
      page="/admin/papers"
      title={paper.title}
      lead={<State {...paper} isPinned={isPinned} />}
      done={Object.hasOwn(ACTS, done) && `Done: you ${ACTS[done as keyof typeof ACTS]}.`}
      problem={first(search.problem)}
    >
      {paper.mergedInto === null && <Shown paper={paper} isPinned={isPinned} />}

      <section aria-labelledby="tags" className="mt-8">
        <h2 id="tags" className="mb-2 text-lg">
          Tags
        </h2>
        <ul className="max-w-measure text-base">
          {paper.tags.map((tag) => (
            <li key={tag.slug}>
              {tagBySlug(tag.slug)?.name ?? tag.slug}
              {wordsOn(tag)}
            </li>
          ))}
        </ul>
        <p className="mt-2 max-w-measure text-base">
          Tags set by hand stay when papers are retagged, until you leave them to the tagger again.
        </p>
        <ActForm paperId={paper.id} reasonId="tag-reason">
          <SelectField id="tag" name="tag" label="Tag" required>
            <option value="">Choose a tag</option>
            {BY_NAME.map(({ slug, name }) => (
              <option key={slug} value={slug}>
                {name}
              </option>
            ))}
          </SelectField>
          <div className="flex flex-wrap gap-3">
            <Act name="tag-add">Put on</Act>
            <Act name="tag-remove">Take off</Act>
            <Act name="tag-clear">Leave to the tagger</Act>
          </div>
        </ActForm>
      </section>
      {paper.mergedInto === null && (
        <Merge paper={paper} into={into} notFound={intoId !== null && !into} />
      )}
      <Correct id={paper.id} state={paper.state} />
    </AdminFrame>
  );
}

function Shown({ paper, isPinned }: { paper: FoundPaper; isPinned: boolean }) {
  return (
    <section aria-labelledby="show" className="mt-6">
      <h2 id="show" className="mb-2 text-lg">
        {paper.hiddenAt ? 'Show again' : 'Hide or pin'}
      </h2>
      <p className="max-w-measure text-base">
        {paper.hiddenAt
          ? 'It comes back to all pages, feeds and searches.'
          : 'A hidden paper is on no page, in no feed, search or digest. A pinned one is first on the front page for a day.'}
      </p>
      <ActForm paperId={paper.id} reasonId="show-reason">
        <div className="flex flex-wrap gap-3">
          {paper.hiddenAt ? (
            <Act name="unhide">Show again</Act>
          ) : (
            <>
              <Act name="hide">Hide</Act>
              {isPinned ? <Act name="unpin">Unpin</Act> : <Act name="pin">Pin for a day</Act>}
            </>
          )}
        </div>
      </ActForm>
    </section>
  );
}

/** First which paper it is merged into, then whether that is meant. */
function Merge({
  paper,
  into,
  notFound,
}: {
  paper: FoundPaper;
  into: FoundPaper | null;
  notFound: boolean;
}) {
  return (
    <section aria-labelledby="merge" className="mt-8">
      <h2 id="merge" className="mb-2 text-lg">
        Merge
      </h2>
      <p className="max-w-measure text-base">
        Where this is the same paper as another one here. What readers and sources said of it moves
        there, and its addresses lead there. There is no way back.
      </p>
      {into ? (
        <ActForm paperId={paper.id} reasonId="merge-reason">
          <input type="hidden" name="into" value={into.id} />
          <p className="text-base wrap-anywhere">
            Into no. {into.id}:{' '}
            <a className="link" href={`/admin/papers/${into.id}`}>
              {into.title}
            </a>
          </p>
          <SureField label={`Merge no. ${paper.id} into no. ${into.id} for good`} />
          <div>
            <Act name="merge">Merge</Act>
          </div>
        </ActForm>
      ) : (
        <form action={`/admin/papers/${paper.id}`} className="mt-3 grid max-w-96 gap-3">
          <TextField
            id="into"
            name="into"
            label="Number of the paper that stays"
            inputMode="numeric"
            error={notFound && 'There is no such paper, or it is this one.'}
            required
          />
          <div>
            <Button look="plain">Go on</Button>
          </div>
        </form>
      )}
    </section>
  );
}

function Correct({ id, state }: { id: number; state: PaperState }) {
  return (
    <section aria-labelledby="correct" className="mt-8">
      <h2 id="correct" className="mb-2 text-lg">
        Correct
      </h2>
      <p className="max-w-measure text-base">What you change stays, whatever sources say later.</p>
      <form
        method="post"
        action="/admin/papers/submit"
        className="mt-3 grid max-w-measure grid-cols-[minmax(0,1fr)] gap-3"
      >
        <input type="hidden" name="id" value={id} />
        <TextField id="title" name="title" label="Title" defaultValue={state.title} required />
        <TextArea
          id="abstract"
          name="abstract"
          label="Abstract"
          rows={10}
          defaultValue={state.abstract}
        />
        <TextArea
          id="authors"
          name="authors"
          label="Authors"
          hint="One a line."
          rows={6}
          defaultValue={state.authors.join('\n')}
        />
        <TextField
          id="published"
          name="published"
          label="Published"
          type="date"
          defaultValue={state.publishedAt ? isoDay(state.publishedAt) : ''}
        />
        <TextField
          id="code"
          name="code"
          label="Link to code"
          type="url"
          defaultValue={state.codeUrl ?? ''}
        />
        <TextField
          id="project"
          name="project"
          label="Link to the project"
          type="url"
          defaultValue={state.projectUrl ?? ''}
        />
        <ReasonField id="correct-reason" isPublic />
        <div>
          <Act name="correct">Correct</Act>
        </div>
      </form>
    </section>
  );
}

function State({
  id,
  hiddenAt,
  pinnedUntil,
  mergedInto,
  isPinned,
}: {
  id: number;
  mergedInto: number | null;
  hiddenAt: Date | null;
  pinnedUntil: Date | null;
  isPinned: boolean;
}) {
  if (mergedInto !== null) {
    return (
      <>
        Merged into{' '}
        <a className="link" href={`/admin/papers/${mergedInto}`}>
          no. {mergedInto}
        </a>
      </>
    );
  }
  if (hiddenAt) return <>Hidden since {isoMinute(hiddenAt)}</>;
  return (
    <>
      <a className="link" href={paperPath(id)}>
        Its page
      </a>
      {isPinned && `, pinned until ${isoMinute(pinnedUntil!)}`}
    </>
  );
}

function wordsOn({ byHand, removed }: PaperTagRow): string {
  if (!byHand) return '';
  return removed ? ' (taken off by hand)' : ' (by hand)';
}

function Act({ name, children }: { name: keyof typeof ACTS; children: string }) {
  return (
    <Button look="plain" name="do" value={name}>
      {children}
    </Button>
  );
}

function ActForm({
  paperId,
  reasonId,
  children,
}: {
  paperId: number;
  reasonId: string;
  children: React.ReactNode;
}) {
  return (
    <form method="post" action="/admin/papers/submit" className="mt-3 grid max-w-96 gap-3">
      <input type="hidden" name="id" value={paperId} />
      <ReasonField id={reasonId} isPublic />
      {children}
    </form>
  );
}
