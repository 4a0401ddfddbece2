import { figuresOf } from '@/lib/rising/figures';
import { SPANS } from '@/lib/rising/spans';
import type { KeptRising } from '@/lib/rising/store';
import { withBroader } from '@/lib/tags/tag-tree';
import type { Recipient } from './recipient-store';

/** Which rising topics go into one reader's digest. Pure. */

/** A topic as a digest has it, frozen with the rest. */
export interface ContentTopic {
  phrase: string;
  /** In words. */
  figures: string;
  query: string;
}

const MOST = 3;

/**
 * The strongest topics of what the reader follows (any, where that is no tag) that began to rise between
 * the last digest and `until`: so that none is told twice.
 */
export function chooseRising(
  rising: KeptRising | undefined,
  { tags, mutedTags, coveredUntil }: Pick<Recipient, 'tags' | 'mutedTags' | 'coveredUntil'>,
  until: Date,
): ContentTopic[] {
  if (!rising) return [];
  const { span, topics } = rising;
  return topics
    .filter(({ rise }) => {
      const since = new Date(rise.since);
      return since <= until && (coveredUntil === null || since > coveredUntil);
    })
    .filter((topic) => {
      const own = withBroader(topic.tags.map(({ slug }) => slug));
      const has = (slug: string) => own.includes(slug);
      return (tags.length === 0 || tags.some(has)) && !mutedTags.some(has);
    })
    .slice(0, MOST)
    .map((topic) => ({
      phrase: topic.phrase,
      figures: figuresOf(topic, SPANS[span]),
      query: topic.query,
    }));
}
