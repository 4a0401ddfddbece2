/** Coming back within this is the same visit. */
export const VISIT_MS = 30 * 60_000;
