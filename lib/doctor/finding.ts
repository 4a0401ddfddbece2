/** What was found about one thing. `warning`: it works, and should be looked at. `problem`: it does not. */
export interface Finding {
  state: 'ok' | 'warning' | 'problem';
  says: string;
  /** What to do about it. */
  remedy?: string;
}

export interface Check {
  name: string;
  run(): Promise<Finding[]>;
}

export const ok = (says: string): Finding => ({ state: 'ok', says });
export const warning = (says: string, remedy: string): Finding => ({
  state: 'warning',
  says,
  remedy,
});
export const problem = (says: string, remedy: string): Finding => ({
  state: 'problem',
  says,
  remedy,
});

/**
 * What a check finds within `limitMs`. A check that fails by itself, or takes longer, is a problem too:
 * the one who asks wants to hear of everything else as well.
 */
export async function examine(check: Check, limitMs: number): Promise<Finding[]> {
  try {
    return await within(limitMs, check.run());
  } catch (error) {
    return [problem(`could not be checked: ${messageOf(error)}`, 'See the log of the server.')];
  }
}

/** What comes of `work`, or an error when nothing has after `limitMs`. */
export async function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = new Error(`no answer within ${limitMs / 1_000} seconds`);
    timer = setTimeout(() => reject(error), limitMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Of several addresses that refused, Node says nothing but the code. */
export function messageOf(error: unknown): string {
  const { message, code } = error as NodeJS.ErrnoException;
  return message || code || String(error);
}
