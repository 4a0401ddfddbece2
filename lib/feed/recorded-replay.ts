import type { Replay } from './replay';

/** Twenty days of a daily listing, recorded: shown until a site has replayed its own. `npm run bench -- ranking` makes it. */
export const RECORDED_REPLAY: Replay = {
  from: '2025-09-29',
  to: '2025-10-24',
  day: {
    sets: 20,
    papers: 333,
    ndcg: 0.9164,
    age: 1,
    references: [
      {
        name: 'raw upvotes',
        ndcg: 0.9094,
        age: 1,
        difference: {
          mean: 0.0069,
          se: 0.003,
        },
      },
    ],
  },
  week: {
    sets: 4,
    papers: 333,
    ndcg: 0.8335,
    age: 4.525,
    references: [
      {
        name: 'raw upvotes',
        ndcg: 0.8631,
        age: 4.8,
        difference: {
          mean: -0.0296,
          se: 0.0144,
        },
      },
      {
        name: 'log₂ (8 + upvotes) + days ÷ h',
        ndcg: 0.8315,
        age: 4.525,
        difference: {
          mean: 0.002,
          se: 0.0093,
        },
      },
      {
        name: 'Hacker News',
        ndcg: 0.83,
        age: 4.525,
        difference: {
          mean: 0.0035,
          se: 0.0115,
        },
      },
      {
        name: 'Reddit',
        ndcg: 0.829,
        age: 4.525,
        difference: {
          mean: 0.0045,
          se: 0.0116,
        },
      },
    ],
  },
};
