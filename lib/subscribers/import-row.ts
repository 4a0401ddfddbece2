import { addressHashes, parseAddress } from './email-address';
import { readPreferences } from './preference-form';
import { DEFAULT_PREFERENCES, type Preferences } from './preferences';
import { nextRun } from './timetable';

/** A reader as another program lists them: a row of a CSV file, read and checked. */
export interface ImportRow {
  email: string;
  emailKey: string;
  limitKey: string;
  /** As `addressHashes` gives them: the first is the reader's. */
  hashes: string[];
  preferences: Preferences;
  /** Where and when they agreed; null where nobody knows: then they are asked. */
  consent: { confirmedAt: Date; source: string } | null;
  /** Of a reader with consent: the next hour that they chose. */
  nextRunAt: Date;
}

const REQUIRED_COLUMNS = ['email', 'confirmed_at', 'source'] as const;
const OPTIONAL_COLUMNS = ['tags', 'cadence', 'hour', 'timezone'] as const;
export const IMPORT_COLUMNS = [...REQUIRED_COLUMNS, ...OPTIONAL_COLUMNS] as const;

type Columns = Partial<Record<(typeof IMPORT_COLUMNS)[number], string>>;

/** What is wrong with a file's first line; null for nothing. */
export function headerProblem(names: readonly string[]): string | null {
  const known: readonly string[] = IMPORT_COLUMNS;
  const missing = REQUIRED_COLUMNS.filter((name) => !names.includes(name));
  const unknown = names.filter((name) => !known.includes(name));
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (missing.length > 0) return `the first line lacks ${missing.join(', ')}`;
  if (unknown.length > 0) return `there is no column "${unknown[0]}": ${known.join(', ')}`;
  return twice === undefined ? null : `the column "${twice}" is there twice`;
}

/** `2026-11-23`, or a moment with its offset from UTC. */
const WHEN = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2}))?$/;

export function readImportRow(
  columns: Columns,
  suppressionKey: string,
  now: Date,
): { ok: true; row: ImportRow } | { ok: false; problem: string } {
  const value = (name: keyof Columns) => (columns[name] ?? '').trim();
  const parsed = parseAddress(value('email'));
  if (!parsed.ok) return parsed;
  const given = Object.fromEntries(
    (['cadence', 'hour', 'timezone'] as const)
      .filter((name) => value(name) !== '')
      .map((name) => [name, value(name)]),
  );
  const tags = value('tags').split(/\s+/).filter(Boolean);
  const wanted = readPreferences({ ...DEFAULT_PREFERENCES, ...given, tags });
  if (!wanted.ok) return { ok: false, problem: Object.values(wanted.problems).join('; ') };
  const [confirmed, source] = [value('confirmed_at'), value('source')];
  let consent: ImportRow['consent'] = null;
  if (confirmed !== '') {
    const confirmedAt = new Date(confirmed);
    if (!WHEN.test(confirmed) || Number.isNaN(confirmedAt.getTime())) {
      return {
        ok: false,
        problem: `confirmed_at "${confirmed}" is no time such as 2026-11-23T08:00:00Z`,
      };
    }
    if (confirmedAt > now) return { ok: false, problem: 'confirmed_at is in the future' };
    // A date without where it comes from proves nothing: the reader is asked.
    if (source !== '') consent = { confirmedAt, source: source.slice(0, 300) };
  }
  const { email, key, limitKey } = parsed.address;
  return {
    ok: true,
    row: {
      email,
      emailKey: key,
      limitKey,
      hashes: addressHashes(key, suppressionKey),
      preferences: wanted.preferences,
      consent,
      nextRunAt: nextRun(wanted.preferences, now),
    },
  };
}
