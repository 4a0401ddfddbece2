const UNSTORABLE = /[\0\p{Surrogate}]/u;

/** What PostgreSQL takes as text: no NUL, no half of a surrogate pair. */
export function storable(text: string): string {
  if (!UNSTORABLE.test(text)) return text;
  return text.replaceAll('\u0000', '').replace(/\p{Surrogate}/gu, '\uFFFD');
}

/** The same for every string in a plain value. */
export function allStorable<T>(value: T): T;
export function allStorable(value: unknown): unknown {
  if (typeof value === 'string') return storable(value);
  if (Array.isArray(value)) return value.map((each) => allStorable(each));
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, allStorable(each)]));
}

/** At most the first `length` code units, without half a character at the end. */
export function beginning(text: string, length: number): string {
  return text.length <= length ? text : text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '');
}
