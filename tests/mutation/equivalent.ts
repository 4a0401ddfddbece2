import type { Equivalent } from './report';

/** What no test can notice, since no reader could. */
export const EQUIVALENT: Equivalent = {
  'lib/feed/score.ts': [],
  'lib/feed/signals.ts': [
    {
      why: 'What is compared there is never equal.',
      mutants: [
        'if (!isCount && a.seenAt.getTime() !== b.seenAt.getTime()) return a.seenAt >= b.seenAt;',
        'if (a.value !== b.value) return isCount ? a.value >= b.value : a.value < b.value;',
        'if (a.value !== b.value) return isCount ? a.value > b.value : a.value <= b.value;',
        'return a.source <= b.source;',
      ],
    },
    {
      why: 'Of equals either may be taken, so long as their order does not decide.',
      mutants: ['return a.source >= b.source;'],
    },
  ],
  'lib/subscribers/timetable.ts': [],
};
