import { field, fields } from '@/lib/http/form';
import { tagBySlug } from '@/lib/tags/taxonomy';
import { MOST_FOLLOWED } from './follow';
import { type Preferences, preferencesSchema } from './preferences';

/** Preferences as forms carry them. A field that the form does not have keeps its old value. */

const schema = preferencesSchema((slug) => tagBySlug(slug) !== undefined);

/** Preferences as typed: what should be a number, or one of a few words, may be anything. */
export interface TypedPreferences {
  cadence: string;
  weekday: number | string;
  monthday: number | string;
  hour: number | string;
  timezone: string;
  maxPapers: number | string;
  minPapers: number | string;
  forYou: number | string;
  subject: string;
  mutedTags: string[];
  tags: string[];
  authors: string[];
  categories: string[];
  searches: string[];
}

const LINES = [
  'cadence',
  'weekday',
  'monthday',
  'hour',
  'timezone',
  'maxPapers',
  'minPapers',
  'forYou',
  'subject',
] as const;

export type PreferencesResult =
  | { ok: true; preferences: Preferences }
  /** By name of the field, in words for the reader. */
  | { ok: false; problems: Record<string, string> };

export function readPreferences(wanted: object): PreferencesResult {
  const parsed = schema.safeParse(wanted);
  if (parsed.success) return { ok: true, preferences: parsed.data };
  const problems: Record<string, string> = {};
  for (const { path, message } of parsed.error.issues) problems[String(path[0])] ??= message;
  return { ok: false, problems };
}

/** What the form says, unread: also what is shown again when it has a mistake. */
export function typedPreferences(form: FormData, base: Preferences): TypedPreferences {
  const wanted: TypedPreferences = { ...base };
  for (const name of LINES) {
    const value = field(form, name);
    if (value !== '') wanted[name] = value;
  }
  // An unticked box is not sent: the marker says that the form had boxes.
  if (form.has('tags') || form.has('has-tags')) wanted.tags = fields(form, 'tags');
  if (form.has('mutedTags') || form.has('has-tags')) wanted.mutedTags = fields(form, 'mutedTags');
  for (const name of ['authors', 'categories'] as const) {
    if (form.has(name) || form.has(`has-${name}`)) wanted[name] = fields(form, name);
  }
  if (form.has('searches')) {
    wanted.searches = fields(form, 'searches').slice(0, MOST_FOLLOWED.search + 1);
  }
  return wanted;
}
