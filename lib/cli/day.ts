import { UsageError } from './command';

const DAY = /^(\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?$/;

/** The value of an option that names a day, at midnight UTC, or a moment with its time zone. */
export function day(text: string | undefined, option: string): Date | undefined {
  if (text === undefined) return undefined;
  const named = DAY.exec(text)?.[1];
  const date = new Date(named === text ? `${text}T00:00:00Z` : text);
  if (named === undefined || Number.isNaN(date.getTime()) || !exists(named)) {
    throw new UsageError(`${option} ${text} is no date such as 2026-03-12.`);
  }
  return date;
}

/** 30 February would become 2 March. */
function exists(named: string): boolean {
  const date = new Date(`${named}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(named);
}
