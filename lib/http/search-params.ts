/** What Next hands to a page as its query string. */
export type SearchParams = Promise<Record<string, string | string[] | undefined>>;

/** The first value of a parameter; empty when there is none. */
export function first(value: string | string[] | undefined): string {
  return (Array.isArray(value) ? value[0] : value) ?? '';
}

/** All of them, as `URLSearchParams`. */
export function toParams(values: Awaited<SearchParams>): URLSearchParams {
  return new URLSearchParams(
    Object.entries(values).flatMap(([name, value]) =>
      [value ?? []].flat().map((each) => [name, each] as [string, string]),
    ),
  );
}
