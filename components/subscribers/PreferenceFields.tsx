import { TimezoneSelect } from '@/components/subscribers/TimezoneSelect';
import { Choice, SelectField, TextField } from '@/components/ui/Field';
import { parseQuery } from '@/lib/search/query/parse';
import type { TypedPreferences } from '@/lib/subscribers/preference-form';
import { CADENCES, MAX_PAPERS, MAX_SEARCHES, timezones } from '@/lib/subscribers/preferences';
import { WEEKDAYS } from '@/lib/subscribers/timetable';

interface TagChoice {
  slug: string;
  name: string;
  group: string;
}

interface Props {
  values: TypedPreferences;
  tags: readonly TagChoice[];
  problems?: Readonly<Record<string, string>>;
  /** Chooses the browser's time zone by itself. */
  detectTimezone?: boolean;
}

/** When the digest comes and what is in it. Inside a `<form>`. */
export function PreferenceFields({ values, tags, problems = {}, detectTimezone = false }: Props) {
  const zones = timezones();
  const hours = Array.from({ length: 24 }, (_, hour) => hour);
  const searches = values.searches.filter((query) => query.trim() !== '');
  const empty = searches.length < MAX_SEARCHES ? [''] : [];
  return (
    <>
      <fieldset className="grid items-start gap-4 sm:grid-cols-2">
        <legend className="mb-1 text-lg">When it comes</legend>
        <SelectField
          id="cadence"
          name="cadence"
          label="How often"
          defaultValue={values.cadence}
          error={problems.cadence}
        >
          {CADENCES.map((cadence) => (
            <option key={cadence} value={cadence}>
              {cadence}
            </option>
          ))}
        </SelectField>
        <SelectField
          id="hour"
          name="hour"
          label="Hour"
          defaultValue={values.hour}
          error={problems.hour}
        >
          {hours.map((hour) => (
            <option key={hour} value={hour}>
              {`${String(hour).padStart(2, '0')}:00`}
            </option>
          ))}
        </SelectField>
        <SelectField
          id="weekday"
          name="weekday"
          label="Day, when weekly"
          defaultValue={values.weekday}
          error={problems.weekday}
        >
          {WEEKDAYS.map((name, index) => (
            <option key={name} value={index + 1}>
              {name}
            </option>
          ))}
        </SelectField>
        <TextField
          id="monthday"
          name="monthday"
          type="number"
          min={1}
          max={31}
          label="Day of the month, when monthly"
          hint="The last day of months that are shorter."
          defaultValue={values.monthday}
          error={problems.monthday}
        />
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
          {problems.timezone && <p className="font-semibold text-accent">{problems.timezone}</p>}
        </div>
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
        <TextField
          id="minPapers"
          name="minPapers"
          type="number"
          min={1}
          max={MAX_PAPERS}
          label="Minimum papers"
          hint="With fewer, a daily or weekly digest waits for the next one, three times at most."
          defaultValue={values.minPapers}
          error={problems.minPapers}
        />
        <SelectField
          id="subject"
          name="subject"
          label="Subject line"
          defaultValue={values.subject}
          error={problems.subject}
        >
          <option value="title">The first paper’s title</option>
          <option value="date">The date</option>
        </SelectField>
      </fieldset>

      <fieldset className="mt-6 grid gap-3">
        <legend className="mb-1 text-lg">What is in it</legend>
        <input type="hidden" name="has-tags" value="1" />
        <TagChoices
          name="tags"
          title="Papers with any of these tags"
          none="all papers"
          tags={tags}
          chosen={values.tags}
        />
        {problems.tags && <p className="font-semibold text-accent">{problems.tags}</p>}
        <TagChoices
          name="mutedTags"
          title="No papers with these tags"
          none="none muted"
          tags={tags}
          chosen={values.mutedTags}
        />
        {problems.mutedTags && <p className="font-semibold text-accent">{problems.mutedTags}</p>}
      </fieldset>

      <fieldset className="mt-6 grid gap-2">
        <legend className="mb-1 text-lg">Saved searches</legend>
        <p className="text-muted">
          Each becomes a section of its own, in the language of the search page:{' '}
          <code>lora &quot;catastrophic forgetting&quot; -survey has:code</code>. Up to{' '}
          {MAX_SEARCHES}; empty ones are dropped.
        </p>
        {[...searches, ...empty].map((query, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a plain list of boxes, never reordered
          <SavedSearch key={index} query={query} number={index + 1} />
        ))}
        {problems.searches && <p className="font-semibold text-accent">{problems.searches}</p>}
      </fieldset>
    </>
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

function TagChoices({
  name,
  title,
  none,
  tags,
  chosen,
}: {
  name: string;
  title: string;
  none: string;
  tags: readonly TagChoice[];
  chosen: readonly string[];
}) {
  const groups = [...new Set(tags.map(({ group }) => group))];
  const names = tags.filter(({ slug }) => chosen.includes(slug)).map((tag) => tag.name);
  return (
    <details className="border border-edge px-3 py-1.5">
      <summary className="cursor-pointer font-semibold">
        {title}: <span className="font-normal">{names.length > 0 ? names.join(', ') : none}</span>
      </summary>
      {groups.map((group) => {
        const own = tags.filter((tag) => tag.group === group);
        const taken = own.filter(({ slug }) => chosen.includes(slug)).length;
        return (
          <details key={group} open={taken > 0} className="border-t border-rule py-1">
            <summary className="cursor-pointer text-muted">
              {group}
              {taken > 0 && ` (${taken})`}
            </summary>
            <fieldset className="mb-2 flex flex-wrap gap-x-5" aria-label={group}>
              {own.map((tag) => (
                <Choice
                  key={tag.slug}
                  name={name}
                  value={tag.slug}
                  label={tag.name}
                  defaultChecked={chosen.includes(tag.slug)}
                />
              ))}
            </fieldset>
          </details>
        );
      })}
    </details>
  );
}
