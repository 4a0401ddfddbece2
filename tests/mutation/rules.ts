/** The rules whose tests are tested: what is mutated, and the tests that must notice. */
export interface Rule {
  mutate: readonly string[];
  tests: readonly string[];
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
    tests: ['tests/unit/tags/*.test.ts'],
  },
  parse: {
    mutate: ['lib/search/query/parse.ts'],
    tests: ['tests/unit/search/*.test.ts'],
  },
  bounce: {
    mutate: ['diagnose', 'reason', 'read-bounce', 'failed-address'].map(
      (name) => `lib/mail/receive/${name}.ts`,
    ),
    tests: ['tests/unit/mail/bounce*.test.ts'],
  },
};
