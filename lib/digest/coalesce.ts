/** Milliseconds that the first of a group waits for others. */
const LINGER = 60;

/**
 * Gathers calls into one: those of a short while, and those that come while the one before is under
 * way. Many messages are accepted at about the same time, and one statement can record them all.
 */
export function coalesce<I>(work: (items: I[]) => Promise<void>): (item: I) => Promise<void> {
  let gathered: I[] = [];
  let last: Promise<void> = Promise.resolve();
  let group: Promise<void> = last;

  async function run(before: Promise<void>): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, LINGER));
    // Its failure is told to those that were in it.
    await before.catch(() => {});
    const items = gathered;
    gathered = [];
    await work(items);
  }

  return (item) => {
    gathered.push(item);
    if (gathered.length === 1) {
      group = run(last);
      last = group;
    }
    return group;
  };
}
