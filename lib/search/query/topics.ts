import type { Clause } from '@/lib/search/query/clause';
import { everyTerm, typedTerms } from '@/lib/search/query/tsquery';
import { TAGS } from '@/lib/tags/taxonomy';

/** What a text is about, whichever way it is spelt: GPT-4 and "GPT 4", an acronym and its expansion. */
const topicOf = (text: string) => everyTerm(typedTerms(text)).join(' ');

const SLUGS = new Map(
  TAGS.flatMap(({ slug, name, short }) =>
    [short ?? name, slug, name].map((text) => [topicOf(text), slug] as const),
  ),
);

const textOf = (clauses: readonly Clause[]) => clauses.map(({ value }) => value).join(' ');
const isPlain = ({ kind, exclude }: Clause) => !exclude && (kind === 'word' || kind === 'phrase');

/** The tag whose name the words of a query are. */
export function tagNamed(clauses: readonly Clause[]): string | null {
  return clauses.every(isPlain) ? (SLUGS.get(topicOf(textOf(clauses))) ?? null) : null;
}

/** The tags whose names the words of a query are, all together or each by itself. */
export function tagsNamed(clauses: readonly Clause[]): string[] {
  const words = clauses.filter(isPlain);
  const whole = tagNamed(words);
  if (whole !== null) return [whole];
  return [...new Set(words.flatMap((word) => SLUGS.get(topicOf(word.value)) ?? []))];
}
