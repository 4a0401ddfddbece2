/** Calls under way at once: while one commits, the next already gathers and goes. */
const AT_ONCE = 2;

/**
 * Gathers calls that come while earlier ones are under way into one: many messages are between the
 * same two states at a time, and one statement can commit them all.
 */
export function coalesce<I, O>(work: (items: I[]) => Promise<O[]>): (item: I) => Promise<O> {
  interface Waiting {
    item: I;
    resolve: (output: O) => void;
    reject: (error: unknown) => void;
  }
  let waiting: Waiting[] = [];
  let running = 0;

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        const outputs = await work(batch.map(({ item }) => item));
        for (const [index, { resolve }] of batch.entries()) resolve(outputs[index]!);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    running--;
  }

  return (item) =>
    new Promise<O>((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      // After the other calls of this turn have come in too.
      if (running < AT_ONCE) {
        running++;
        setImmediate(() => void drain());
      }
    });
}
