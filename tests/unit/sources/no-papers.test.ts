import { describe, expect, it } from 'vitest';
import { read, records, rejections } from './reading';

const page = (...blocks: string[]) => blocks.join('\n\n');

const ROUTER =
  'Mixtures of experts keep every expert in memory though few of them work at a time. We present an invented router that predicts two tokens ahead which experts will be asked, and show that it keeps the quality of the full model on four benchmarks while it needs a fifth of its memory.';
const CURRICULA =
  'Small models forget what they learnt early in training. This paper studies twelve invented curricula on models of up to one billion parameters. We find that the order of the material matters less than how often it returns, and we propose a schedule that improves the results on five tasks.';

describe('texts that look like a page of papers and are none', () => {
  it.each([
    [
      'an article in sections',
      page(
        'Why We Moved Off the Platform',
        'Last year our team decided to leave the platform that had served us for five years. This article tells how we did it, what it cost, and what we would do differently. The results surprised us, and our approach may help others in the same place as we were.',
        'The Old Setup',
        'We ran forty services on three clusters. Every deployment took twenty minutes and every second one failed. Our framework for testing was slow, and the model of ownership was unclear to most of the engineers who joined us later, after the first two years had passed.',
      ),
    ],
    [
      'the documentation of a program',
      page(
        '# InventedTool',
        'A framework for training models that we propose for research. It supports many methods and gives good results on all of the benchmarks that we tried so far, and it is simple to use. Installation takes a minute on most of the machines that we know.',
        '## Method',
        `Our approach follows the paper below. ${CURRICULA}`,
        '## License',
        'MIT. See the file for what this framework allows; we propose that you read it before use in production. The authors take no responsibility for the results that you get by this method, and none for those that you do not get although you wished to.',
      ),
    ],
    [
      'a whole paper',
      page(
        'Tidal Routing',
        'Ann Example, Bob Sample',
        'Abstract',
        ROUTER,
        '1 Introduction',
        CURRICULA,
        '2 Method',
        ROUTER,
      ),
    ],
    [
      'reviews',
      page(
        'Review 1',
        `The paper proposes a router. ${ROUTER}`,
        'Review 2',
        `The paper studies curricula. ${CURRICULA}`,
      ),
    ],
    [
      'a conversation',
      page(
        'ann 9:12 AM',
        `have you seen this? ${ROUTER}`,
        'bob 9:13 AM',
        `Yes, and I like it. I think you should present it on Friday. ${'It is good. '.repeat(20)}`,
      ),
    ],
    [
      'a table of contents',
      page(
        'Full Papers',
        'Tidal Routing\nAnn Example\nPages 1–10',
        'Small Models\nBob Sample\nPages 11–20',
      ),
    ],
    [
      'references',
      'References\n\n[1] A. Example. Tidal routing. arXiv:2609.91001, 2026.\n[2] B. Sample. Small models. 2025.',
    ],
    ['an error', page('Service Unavailable', 'Please try again later; we are sorry for it.')],
    [
      'a list with remarks',
      `# Reading list\n\n- [Tidal Routing](https://arxiv.org/abs/2609.91001) (2026) - ${ROUTER}\n- [Small Models](https://arxiv.org/abs/2609.91002) (2026) - ${CURRICULA}`,
    ],
    [
      'a sign-in page',
      `<html><head><title>Sign in</title></head><body><h1>Sign in to your account</h1><p>We use cookies to keep you signed in. ${'By continuing you accept the terms of service. '.repeat(6)}</p></body></html>`,
    ],
    [
      'a feed of another site',
      '<rss><channel><title>Invented News</title><item><title>Things happen</title></item></channel></rss>',
    ],
  ])('%s is refused', async (_, text) => {
    await expect(read(text)).rejects.toThrow(/^the input is/);
  });

  it('leaves out what a page says of itself between its papers, and lists it', async () => {
    const items = await read(
      page(
        'We value your privacy',
        'We and our partners use cookies to process data, such as identifiers. With your permission we may use precise data about where you are and which of our results you read most, to improve them.',
        'Accept all',
        'Daily Papers',
        'Tidal Routing: Experts That Wake',
        ROUTER,
        'What the editors think',
        'I like it more than most that I read this year, and I think that you will too: it says what it does, does what it says, and comes with everything that you need to try it on your own machine, which I did.',
        'Why Small Models Forget',
        CURRICULA,
        'About this site',
        'Volunteers read the new papers each morning and pick the best. If you like what we do, consider a donation; servers are not free and neither is coffee, which we need more than you would believe.',
      ),
    );
    expect(records(items).map(({ title }) => title)).toEqual([
      'Tidal Routing: Experts That Wake',
      'Why Small Models Forget',
    ]);
    const left = rejections(items);
    expect(left.map(({ raw }) => raw).join('\n')).toMatch(
      /What the editors think[\s\S]*About this site/,
    );
    // Nothing reads them again as if each stood alone.
    expect(left.every(({ cut }) => cut)).toBe(true);
  });
});
