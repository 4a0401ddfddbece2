import { describe, expect, it } from 'vitest';
import { compileMatcher, sequences } from '@/lib/tags/matcher';
import { tagPaper } from '@/lib/tags/tagger';
import { TAGS, type Tag, tagBySlug, taxonomySchema } from '@/lib/tags/taxonomy';
import { exactForm, singular, tokenize } from '@/lib/tags/tokens';
import examples from '../../fixtures/tags/examples.json';
import slugs from '../../fixtures/tags/slugs.json';

const examplesBySlug = new Map(Object.entries(examples));

/** What a wording matches, whatever its plurals and hyphens. */
function normal(wording: string): string {
  return sequences(wording)
    .map((words) =>
      words
        .map((word) => {
          if (word === null || word.includes('*')) return word ?? '…';
          return /\p{Lu}/u.test(word) ? `=${exactForm(word)}` : singular(word);
        })
        .join(' '),
    )
    .join('|');
}

/** Wording of a tag that another wording of the same tag makes void, in words. */
function shadowed({ sure, strong, fair, hint, title, not, with: needing }: Tag): string[] {
  const problems: string[] = [];
  const seen = new Map<string, string>();
  const graded = Object.entries({ sure, strong, fair, hint, not });
  for (const [grade, wordings] of graded) {
    for (const wording of wordings) {
      const key = normal(wording);
      const before = seen.get(key);
      if (before) problems.push(`"${wording}" (${grade}) is already ${before}`);
      else seen.set(key, grade);
    }
  }
  const all = [...sure, ...strong, ...fair, ...hint, ...title, ...Object.values(needing).flat()];
  const matcher = compileMatcher(all.map((wording) => ({ wording, value: wording })));
  for (const wording of not) {
    const text = wording.replaceAll('…', 'x');
    const tokens = tokenize(text);
    const inside = matcher
      .match(tokens, matcher.words(text, tokens))
      .some(({ from, to }) => to - from < tokens.length);
    if (!inside) problems.push(`"${wording}" (not) holds no wording that it could take away`);
  }
  return problems;
}

describe('the taxonomy', () => {
  it('keeps every slug that was ever published', () => {
    for (const slug of slugs) expect(tagBySlug(slug), slug).toBeDefined();
    expect(TAGS.map(({ slug }) => slug).filter((slug) => !slugs.includes(slug))).toEqual([]);
  });

  it('names broader tags that are there, and no circles', () => {
    for (const { slug, broader } of TAGS) {
      const chain = [slug];
      for (let next = broader; next !== null; next = tagBySlug(next)!.broader) {
        expect(chain, `${slug} is broader than itself`).not.toContain(next);
        expect(tagBySlug(next), `broader tag of ${slug}`).toBeDefined();
        chain.push(next);
      }
    }
  });

  it.each(TAGS.map((tag) => [tag.slug, tag]))(
    '%s has no wording that shadows another',
    (_, tag) => {
      expect(shadowed(tag)).toEqual([]);
    },
  );

  describe.each(TAGS.map(({ slug }) => [slug]))('%s', (slug) => {
    const found = (title: string) => tagPaper({ title, abstract: '' }).map((tag) => tag.slug);

    it.each(examplesBySlug.get(slug)!.is)('is found in "%s"', (title) => {
      expect(found(title)).toContain(slug);
    });

    it.each(examplesBySlug.get(slug)!.isNot)('is not found in "%s"', (title) => {
      expect(found(title)).not.toContain(slug);
    });
  });

  it('has at least one example and one counterexample of each of its tags, and of no other', () => {
    expect([...examplesBySlug.keys()].sort()).toEqual(TAGS.map(({ slug }) => slug).sort());
    for (const [slug, { is, isNot }] of examplesBySlug) {
      expect(Math.min(is.length, isNot.length), slug).toBeGreaterThan(0);
    }
  });

  it('refuses a field that it does not know', () => {
    const tag = { slug: 'x', name: 'X', broader: null, group: 'G', definition: 'D', likely: ['x'] };
    expect(taxonomySchema.safeParse([tag]).success).toBe(false);
  });
});

describe('the check for shadowing', () => {
  it('finds the same wording twice, and a `not` that takes nothing away', () => {
    const [tag] = taxonomySchema.parse([
      {
        slug: 'x',
        name: 'X',
        broader: null,
        group: 'G',
        definition: 'D',
        strong: ['honey-bee'],
        fair: ['honey-bees'],
        not: ['honeybee jar', 'wasp'],
      },
    ]);
    expect(shadowed(tag!)).toEqual([
      '"honey-bees" (fair) is already strong',
      '"wasp" (not) holds no wording that it could take away',
    ]);
  });
});
