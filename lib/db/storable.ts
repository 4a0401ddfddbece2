const UNSTORABLE = /[\0\p{Surrogate}]/u;

/** The text without what PostgreSQL refuses: NUL, and halves of surrogate pairs. */
export function storable(text: string): string {
  if (!UNSTORABLE.test(text)) return text;
  return text.replaceAll('\u0000', '').replace(/\p{Surrogate}/gu, '\uFFFD');
}

/** The same for every string inside a plain value. */
export function allStorable<T>(value: T): T;
export function allStorable(value: unknown): unknown {
  if (typeof value === 'string') return storable(value);
  if (Array.isArray(value)) return value.map((each) => allStorable(each));
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, allStorable(each)]));
}

/** At most the first `length` code units. Does not cut a character in half. */
export function beginning(text: string, length: number): string {
  return text.length <= length ? text : text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '');
}
