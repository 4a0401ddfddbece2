import { createHash } from 'node:crypto';
import { CUES } from '@/lib/tags/cues';
import { MODEL_DATA, type ModelData } from '@/lib/tags/model';
import { WEIGHTS } from '@/lib/tags/tag-weights';
import { TAGS, type Tag } from '@/lib/tags/taxonomy';

/**
 * Raise it when the tagger's code changes what it assigns. Weights, wording and model are compared by
 * themselves.
 */
const RULES_VERSION = 3;

/** Names the rules, weights, wording and model with which a paper was tagged. */
export const TAXONOMY_VERSION = taggingVersion(TAGS, MODEL_DATA);

export function taggingVersion(tags: readonly Tag[], model: ModelData): string {
  const wording = tags.map(({ short, ...tag }) => tag);
  return createHash('sha256')
    .update(JSON.stringify([RULES_VERSION, WEIGHTS, CUES, wording, model]))
    .digest('hex')
    .slice(0, 16);
}
