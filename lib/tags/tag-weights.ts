/**
 * A tag is assigned when its evidence adds up to this: one sure wording in the paper's own words, one
 * strong or `title` wording in the title or a sure implication is enough, and a category alone is not.
 */
export const THRESHOLD = 0.95;

/**
 * The weights of the rules. A `sure` wording in the paper's own words reaches the threshold alone;
 * the same in a sentence about the field does not, and neither do hints however many. Chosen on the
 * labels in tests/fixtures/tags/labels-tuning.json; `npm run bench -- tags` shows what they give.
 */
export const WEIGHTS = {
  strength: { sure: 0.95, strong: 0.55, fair: 0.32, hint: 0.1, title: 0.49, not: 0 },
  /** All hints of a tag together. */
  hints: 0.2,
  place: { title: 2.1, own: 1.1, plain: 0.95, field: 0.35, keyword: 1 },
  avoided: 0,
  example: 0.35,
  /** The first, second, third, … time that the same wording counts. */
  repeat: [1, 0.45, 0.25, 0.15],
  category: { sure: 0.88, strong: 0.8, fair: 0.5, hint: 0.25 },
  /** What another category than the primary one counts of that. */
  secondCategory: 0.5,
  implied: { sure: 1.02, strong: 0.8, fair: 0.5, hint: 0.25 },
  /** What the model's log-odds count, and at most: enough to tip the balance, never to settle it. */
  model: { logit: 0.1, most: 0.3 },
} as const;
