/** The rules whose tests are tested: what is mutated, and the tests that must notice. */
export interface Rule {
  mutate: readonly string[];
  tests: readonly string[];
  /** Stryker's names of mutators whose mutants are not made, and why in README.md. */
  leftOut?: readonly string[];
}

export const RULES: Record<string, Rule> = {
  score: {
    mutate: ['lib/feed/score.ts', 'lib/feed/signals.ts'],
    tests: ['tests/unit/feed/score.test.ts'],
  },
  timetable: {
    mutate: ['lib/subscribers/timetable.ts'],
    tests: ['tests/unit/subscribers/timetable.test.ts'],
  },
  select: {
    mutate: ['lib/digest/select.ts'],
    tests: ['tests/unit/digest/select.test.ts'],
  },
  tagger: {
    mutate: ['tagger', 'matcher', 'mentions', 'wording', 'tokens'].map(
      (name) => `lib/tags/${name}.ts`,
    ),
    tests: ['tagger', 'matcher', 'tokens'].map((name) => `tests/unit/tags/${name}.test.ts`),
  },
  parse: {
    mutate: ['lib/search/query/parse.ts', 'lib/search/query/clause.ts'],
    tests: ['tests/unit/search/parse.test.ts'],
  },
  bounce: {
    mutate: [
      'lib/mail/wire/reason.ts',
      'lib/mail/receive/diagnose.ts',
      'lib/mail/receive/read-bounce.ts',
      'lib/mail/receive/failed-address.ts',
    ],
    tests: ['tests/unit/mail/bounce*.test.ts'],
    leftOut: ['Regex', 'StringLiteral'],
  },
};
