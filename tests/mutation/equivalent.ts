import type { Equivalent } from './report';

/** What no test can notice, since no reader could. */
export const EQUIVALENT: Equivalent = {
  'lib/feed/score.ts': [
    {
      why: 'Keys of rows need only differ from each other, and growth has one row.',
      mutants: ['key: ``,'],
    },
  ],
  'lib/feed/signals.ts': [
    {
      why: 'What is compared there is never equal.',
      mutants: [
        'return a.seenAt >= b.seenAt;',
        "if (a.kind === 'listing-place' && a.counted !== b.counted) return a.counted <= b.counted;",
        'if (a.counted !== b.counted) return a.counted >= b.counted;',
        'return a.source <= b.source;',
      ],
    },
    {
      why: 'Of equals either may be taken, so long as their order does not decide.',
      mutants: [
        "if (a.kind === 'listing-place' && true) return a.counted < b.counted;",
        'return a.source >= b.source;',
      ],
    },
    {
      why: 'One more day, in which nothing would have grown to just as much, bounds nothing.',
      mutants: ['for (let days = 1; grown(0, days) <= believed; days++) {'],
    },
  ],
  'lib/subscribers/timetable.ts': [],
};
