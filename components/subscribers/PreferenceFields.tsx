import { type TagChoice, TagChoices } from '@/components/subscribers/TagChoices';
import { TimezoneSelect } from '@/components/subscribers/TimezoneSelect';
import { Choice, SelectField, TextField } from '@/components/ui/Field';
import { parseQuery } from '@/lib/search/query/parse';
import { followWords } from '@/lib/subscribers/choice-words';
import { MOST_FOLLOWED } from '@/lib/subscribers/follow';
import type { TypedPreferences } from '@/lib/subscribers/preference-form';
import { CADENCES, MAX_FOR_YOU, MAX_PAPERS, timezones } from '@/lib/subscribers/preferences';
import { WEEKDAYS } from '@/lib/subscribers/timetable';

interface Props {
  values: TypedPreferences;
  tags: readonly TagChoice[];
  problems?: Readonly<Record<string, string>>;
  /** Chooses the browser's time zone by itself. */
  detectTimezone?: boolean;
}

const CADENCE_NAMES = { daily: 'Daily', weekly: 'Weekly', monthly: 'Monthly' };
const upTo = (count: number) => Array.from({ length: count }, (_, i) => i + 1);

/**
 * When the digest comes and what is in it. Inside a `<form>`, which shows only what applies to the
 * cadence chosen (`.for-weekly` and the like, in frame.css).
 */
export function PreferenceFields({ values, tags, problems = {}, detectTimezone = false }: Props) {
  return (
    <>
      <Schedule values={values} problems={problems} detectTimezone={detectTimezone} />
      <fieldset className="mt-6 grid gap-4">
        <legend className="mb-1 text-lg">Topics</legend>
        <p className="text-muted">
          You get papers with <b>any</b> of your tags: PEFT and Music together mean papers on either
          one. A filter on the site means <b>all</b> of its tags; for that, save a search such as{' '}
          <code>tag:peft tag:music</code>.
        </p>
        <input type="hidden" name="has-tags" value="1" />
        <TagChoices
          name="tags"
          title="Papers with any of these tags"
          none="All topics"
          tags={tags}
          chosen={values.tags}
        />
        <Problem>{problems.tags}</Problem>
        <TagChoices
          name="mutedTags"
          title="No papers with these tags"
          none="None muted"
          tags={tags}
          chosen={values.mutedTags}
        />
        <Problem>{problems.mutedTags}</Problem>
      </fieldset>
      <FollowedBoxes
        name="categories"
        title="Categories you follow"
        hint="What trends in them, beside your tags. Untick one to unfollow it."
        followed={values.categories}
        labelOf={(category) => followWords({ kind: 'category', value: category, name: null })}
        problem={problems.categories}
      />
      <FollowedBoxes
        name="authors"
        title="Authors you follow"
        hint="New papers by each get a section of their own. Untick one to unfollow it."
        followed={values.authors}
        labelOf={(author) => author}
        problem={problems.authors}
      />
      <SavedSearches typed={values.searches} problem={problems.searches} />
      <fieldset className="mt-6 grid items-start gap-4 sm:grid-cols-2">
        <legend className="mb-1 text-lg">Each email</legend>
        <TextField
          id="maxPapers"
          name="maxPapers"
          type="number"
          min={1}
          max={MAX_PAPERS}
          label="Maximum papers"
          defaultValue={values.maxPapers}
          error={problems.maxPapers}
        />
        <div className="for-daily-or-weekly">
          <SelectField
            id="minPapers"
            name="minPapers"
            label="Minimum papers"
            hint="With fewer, we wait for the next digest, up to three times."
            defaultValue={values.minPapers}
            error={problems.minPapers}
          >
            {upTo(MAX_PAPERS).map((count) => (
              <option key={count}>{count}</option>
            ))}
          </SelectField>
        </div>
        <SelectField
          id="forYou"
          name="forYou"
          label="Papers for you"
          hint="Like those that you saved. Up to half of the email."
          defaultValue={values.forYou}
          error={problems.forYou}
        >
          <option value={0}>None</option>
          {upTo(MAX_FOR_YOU).map((count) => (
            <option key={count} value={count}>
              {count === 1 ? 'One' : `Up to ${count}`}
            </option>
          ))}
        </SelectField>
        <SelectField
          id="subject"
          name="subject"
          label="Subject line"
          defaultValue={values.subject}
          error={problems.subject}
        >
          <option value="title">Title of the first paper</option>
          <option value="date">Date and number of papers</option>
        </SelectField>
      </fieldset>
    </>
  );
}

function Schedule({
  values,
  problems,
  detectTimezone,
}: Required<Pick<Props, 'values' | 'problems' | 'detectTimezone'>>) {
  const zones = timezones();
  const hours = Array.from({ length: 24 }, (_, hour) => hour);
  return (
    <fieldset className="grid items-start gap-4 sm:grid-cols-2">
      <legend className="mb-1 text-lg">Schedule</legend>
      <div
        role="radiogroup"
        aria-label="How often"
        className="flex flex-wrap gap-x-5 sm:col-span-2"
      >
        {CADENCES.map((cadence) => (
          <Choice
            key={cadence}
            type="radio"
            name="cadence"
            value={cadence}
            label={CADENCE_NAMES[cadence]}
            defaultChecked={values.cadence === cadence}
          />
        ))}
        <Problem>{problems.cadence}</Problem>
      </div>
      <div className="for-weekly">
        <SelectField
          id="weekday"
          name="weekday"
          label="Day of the week"
          defaultValue={values.weekday}
          error={problems.weekday}
        >
          {WEEKDAYS.map((name, index) => (
            <option key={name} value={index + 1}>
              {name}
            </option>
          ))}
        </SelectField>
      </div>
      <div className="for-monthly">
        <SelectField
          id="monthday"
          name="monthday"
          label="Day of the month"
          hint="In shorter months, the last day."
          defaultValue={values.monthday}
          error={problems.monthday}
        >
          {upTo(31).map((day) => (
            <option key={day} value={day}>
              {day}
            </option>
          ))}
        </SelectField>
      </div>
      <SelectField
        id="hour"
        name="hour"
        label="Time"
        defaultValue={values.hour}
        error={problems.hour}
      >
        {hours.map((hour) => (
          <option key={hour} value={hour}>
            {`${String(hour).padStart(2, '0')}:00`}
          </option>
        ))}
      </SelectField>
      <div className="grid gap-1">
        <label htmlFor="timezone" className="font-semibold">
          Time zone
        </label>
        <TimezoneSelect
          id="timezone"
          zones={zones.includes(values.timezone) ? zones : [values.timezone, ...zones]}
          value={values.timezone}
          detect={detectTimezone}
        />
        <Problem>{problems.timezone}</Problem>
      </div>
    </fieldset>
  );
}

/** What pages' buttons added, to take back; nothing where nothing was. */
function FollowedBoxes({
  name,
  title,
  hint,
  followed,
  labelOf,
  problem,
}: {
  name: 'authors' | 'categories';
  title: string;
  hint: string;
  followed: readonly string[];
  labelOf: (value: string) => string;
  problem: string | undefined;
}) {
  if (followed.length === 0) return null;
  return (
    <fieldset className="mt-6 grid gap-1">
      <legend className="mb-1 text-lg">{title}</legend>
      <p className="text-muted">{hint}</p>
      <input type="hidden" name={`has-${name}`} value="1" />
      <div className="flex flex-wrap gap-x-5">
        {followed.map((value) => (
          <Choice key={value} name={name} value={value} label={labelOf(value)} defaultChecked />
        ))}
      </div>
      <Problem>{problem}</Problem>
    </fieldset>
  );
}

function SavedSearches({ typed, problem }: { typed: readonly string[]; problem?: string }) {
  const searches = typed.filter((query) => query.trim() !== '');
  const empty = searches.length < MOST_FOLLOWED.search ? [''] : [];
  return (
    <fieldset className="mt-6 grid gap-2">
      <legend className="mb-1 text-lg">Saved searches</legend>
      <p className="text-muted">
        Each gets its own section, which goes out even when there are few papers. Write them as on
        the search page: <code>lora &quot;catastrophic forgetting&quot; -survey has:code</code>. Up
        to {MOST_FOLLOWED.search}; clear a box to remove it.
      </p>
      {[...searches, ...empty].map((query, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a plain list of boxes, never reordered
        <SavedSearch key={index} query={query} number={index + 1} />
      ))}
      <Problem>{problem}</Problem>
    </fieldset>
  );
}

function SavedSearch({ query, number }: { query: string; number: number }) {
  const messages = query === '' ? [] : parseQuery(query).messages;
  return (
    <div>
      <input
        type="text"
        name="searches"
        defaultValue={query}
        maxLength={300}
        aria-label={`Saved search ${number}`}
        aria-describedby={messages.length > 0 ? `search-${number}-says` : undefined}
        className="block min-h-9 w-full border border-edge bg-page px-2.5 text-base text-ink"
      />
      {messages.length > 0 && (
        <p id={`search-${number}-says`} className="text-muted">
          {messages.join(' ')}
        </p>
      )}
    </div>
  );
}

function Problem({ children }: { children: string | undefined }) {
  return children ? <p className="font-semibold text-accent">{children}</p> : null;
}
