import { describe, expect, it } from 'vitest';
import { feedPath, isOneOfFew, makeFeed, parseFeedPath } from '@/lib/feed/filters';

const parse = (path: string) => parseFeedPath(path.split('/').filter(Boolean));
const canonical = (path: string) => parse(path)?.canonical ?? null;

describe('feed addresses', () => {
  it.each([
    '/',
    '/new',
    '/new/week',
    '/top/week',
    '/top/all',
    '/day',
    '/all',
    '/tags/peft',
    '/tags/peft/week',
    '/tags/continual-learning+peft',
    '/tags/peft/without/lora+prompt-tuning/category/cs.CL/code/top/month',
    '/tags/peft/2025-03-12',
    '/code/new',
    '/category/hep-th',
    '/2025-03-12',
    '/2025-w11',
    '/2025-03',
    '/top/2025-03',
    '/tags/peft/after/abc_-9',
  ])('%s is its own canonical address', (path) => {
    expect(canonical(path)).toBe(path);
  });

  it.each([
    ['/week', '/'],
    ['/trending', '/'],
    ['/trending/week', '/'],
    ['/top', '/top/week'],
    ['/new/all', '/new'],
    ['/tags/peft+continual-learning', '/tags/continual-learning+peft'],
    ['/tags/peft+peft', '/tags/peft'],
    ['/tags/PEFT', '/tags/peft'],
    ['/tags/peft%2Blora', '/tags/lora+peft'],
    ['/week/top', '/top/week'],
    ['/code/tags/peft', '/tags/peft/code'],
    ['/without/lora/tags/peft', '/tags/peft/without/lora'],
    ['/2025-W11', '/2025-w11'],
    ['/tags/peft/all', '/tags/peft'],
    ['/category/cs.cl', '/category/cs.CL'],
    ['/category/CS.CL/new', '/category/cs.CL/new'],
    ['/category/Cond-Mat.Mes-Hall', '/category/cond-mat.mes-hall'],
  ])('%s leads to %s', (path, expected) => {
    expect(canonical(path)).toBe(expected);
  });

  it.each([
    '/wp-login.php',
    '/tags',
    '/tags/',
    '/tags/peft+',
    '/tags/a+b+c+d+e+f',
    '/tags/peft/tags/lora',
    '/tags/peft/without/peft',
    '/tags/-x',
    '/new/top',
    '/week/month',
    '/week/2025-03-12',
    '/2025-02-30',
    '/2025-13',
    '/2025-w54',
    '/2025-w00',
    '/2023-w53',
    '/after',
    '/after/a/new',
    '/after/<script>',
    '/category/..',
    '/category',
    '/category/cs.',
    '/category/cs.CL/category/cs.LG',
    '/code/code',
  ])('%s is no feed', (path) => {
    expect(parse(path)).toBeNull();
  });

  it('gives the same address for every order of tags', () => {
    const one = feedPath(makeFeed({ tags: ['b', 'a'], without: ['d', 'c'] }));
    expect(feedPath(makeFeed({ without: ['c', 'd'], tags: ['a', 'b', 'a'] }))).toBe(one);
  });

  it('reads back what it wrote, for every combination', () => {
    for (const tags of [[], ['lora'], ['lora', 'peft']])
      for (const without of [[], ['video']])
        for (const category of [null, 'cs.CL'])
          for (const hasCode of [false, true])
            for (const view of ['trending', 'new', 'top'] as const)
              for (const window of ['day', 'week', 'month', 'year', 'all'] as const) {
                const feed = makeFeed({ tags, without, category, hasCode, view, window });
                expect(parse(feedPath(feed))?.feed).toEqual(feed);
              }
  });
});

describe('pages that are kept', () => {
  const isKept = (path: string) => isOneOfFew(parseFeedPath(path.split('/').filter(Boolean))!);

  it.each([
    '/',
    '/new/month',
    '/top/2025-03',
    '/2025-w11',
    '/tags/peft',
    '/tags/lora%2Bpeft/top/week',
    '/category/cs.CL/new',
    '/code',
  ])('%s is one of few', (path) => {
    expect(isKept(path)).toBe(true);
  });

  it.each([
    '/tags/peft/2025-03-12',
    '/category/cs.CL/2025-w11',
    '/code/top/2025-03',
    '/tags/peft/category/cs.CL',
    '/tags/peft/code',
    '/category/cs.CL/code',
    '/tags/a+b+c',
    '/tags/peft/without/lora',
    '/new/after/abc',
  ])('%s is one of combinations without number', (path) => {
    expect(isKept(path)).toBe(false);
  });
});
