/**
 * The items of one batch after another, until a batch is null. The next batch is made while one is
 * worked on. Several workers may share it.
 */
export async function* oneAhead<T>(next: () => Promise<T[] | null>): AsyncGenerator<T, undefined> {
  let upcoming = next();
  for (;;) {
    const batch = await upcoming;
    if (batch === null) return;
    upcoming = next();
    // Whoever asks for the next batch hears of its failure; until then nobody listens.
    upcoming.catch(() => {});
    yield* batch;
  }
}
