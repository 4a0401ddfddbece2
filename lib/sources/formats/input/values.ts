/** Values as sources write them. */

/** A date, or undefined for anything that is none. */
export function dateOf(value: unknown): Date | undefined {
  if (typeof value !== 'string' || !/\d{4}/.test(value)) return undefined;
  const date = new Date(
    /^\d{4}-\d{2}-\d{2}$/.test(value.trim()) ? `${value.trim()}T00:00:00Z` : value,
  );
  const year = date.getUTCFullYear();
  return Number.isNaN(date.getTime()) || year < 1900 || year > 2200 ? undefined : date;
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

export function uniqueWords(words: readonly (string | undefined)[]): string[] {
  return [...new Set(words.filter((word): word is string => word !== undefined && word !== ''))];
}
