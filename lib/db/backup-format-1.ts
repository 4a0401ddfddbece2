/**
 * Backups of format 1: the tables before they had their present names, and before a reader and a
 * subscription were two. Files of it hold what readers confirmed and what they were mailed, so they are
 * taken for good.
 */

/** Where the rows of an old table go. Columns that have kept their names need no word. */
export interface Target {
  into: string;
  /** New columns, as SQL that makes JSON or text of the old row `r`. */
  values?: Record<string, string>;
  /** SQL for a set of values of the old row `r`, each of which makes a row: `each.value`, `each.place`. */
  each?: string;
  /** Which rows; `n` is the new one. */
  where?: string;
}

/** Every database with the tables of that time has it. */
export const FIRST_MIGRATION_1 = '20261123150000_papers';
/** Older files than this are not taken: nothing was released before it. */
export const LAST_MIGRATION_1 = '20261125180000_ranking_version';

const renamed = (column: string) => `r->'${column}'`;
/** Text that was `null` or has become a value of an enum, whose values have no hyphens. */
const enumOf = (column: string) => `replace(r->>'${column}', '-', '_')`;
/** Lists are never null any more. */
const list = (column: string) => `coalesce(nullif(r->'${column}', 'null'), '[]')`;
const words = (column: string) => `string_to_array(r->>'${column}', ' ')`;

/** What is followed, from the lists of a subscription. */
export function followsFrom(readerId: string): Target[] {
  return (['tag', 'search'] as const).map((kind) => ({
    into: 'follow',
    each: `jsonb_array_elements(${list(kind === 'tag' ? 'tags' : 'searches')}) with ordinality`,
    values: {
      id: `nextval('follow_id_seq')`,
      reader_id: readerId,
      kind: `'${kind}'::text`,
      value: 'each.value',
      name: 'null::text',
    },
  }));
}

const READER = { reader_id: renamed('subscription_id') };
const PAPER_IS_HERE = 'exists (select from paper p where p.id = n.paper_id)';

export const TARGETS_1: Record<string, Target[] | undefined> = {
  paper: [
    {
      into: 'paper',
      values: {
        authors: list('authors'),
        categories: list('categories'),
        keywords: list('keywords'),
      },
    },
  ],
  tagging: [{ into: 'tagging', values: { taxonomy_version: renamed('vocabulary') } }],
  feed_entry: [
    { into: 'feed_entry', values: { valid_from: renamed('born'), valid_to: renamed('died') } },
  ],
  feed_clock: [
    {
      into: 'feed_clock',
      values: { ranking_version: renamed('rules'), ranked_up_to: renamed('rules_to') },
    },
  ],
  job_lease: [
    {
      into: 'job_lease',
      values: { name: `case r->>'name' when 'vocabulary' then 'lexicon' else r->>'name' end` },
    },
  ],
  // A reader keeps the number of the subscription, so the links in mails sent so far open the same pages.
  subscription: [
    {
      into: 'reader',
      values: { status: `case r->>'status' when 'paused' then 'active' else r->>'status' end` },
    },
    {
      into: 'subscription',
      values: {
        reader_id: renamed('id'),
        muted_tags: list('muted_tags'),
        next_run_at: `case when r->>'status' in ('active', 'paused') then r->>'next_run_at' end`,
        paused_until: `case r->>'status' when 'paused' then r->>'paused_until' end`,
      },
    },
    ...followsFrom(renamed('id')),
  ],
  consent_event: [{ into: 'consent_event', values: { ...READER, kind: enumOf('kind') } }],
  letter: [{ into: 'transactional_mail', values: { ...READER, kind: enumOf('kind') } }],
  delivery: [{ into: 'delivery', values: { log: renamed('story'), paper_ids: list('paper_ids') } }],
  // Papers were deleted without what referred to them.
  mailed_paper: [{ into: 'mailed_paper', values: READER, where: PAPER_IS_HERE }],
  paper_feedback: [{ into: 'vote', values: { ...READER, value: '-1' }, where: PAPER_IS_HERE }],
  suppression: [{ into: 'suppression', values: { reason: enumOf('reason') } }],
  bounce_event: [
    {
      into: 'bounce_event',
      values: { ...READER, message: `regexp_replace(r->>'message', '^letter-', 'transactional-')` },
    },
  ],
  ingest_turn: [{ into: 'ingest_lock' }],
  source_run: [
    {
      into: 'source_run',
      values: {
        source: `case r->>'source' when 'quarantine' then 'rejected' else r->>'source' end`,
      },
    },
  ],
  quarantine: [{ into: 'rejected_record' }],
  paper_search: [{ into: 'search_document' }],
  search_word: [{ into: 'lexicon_entry' }],
  search_form: [{ into: 'lexicon_form' }],
  search_word_change: [
    {
      into: 'lexicon_change',
      values: {
        stems: words('stems'),
        counts: `${words('counts')}::int[]`,
        shown: words('shown'),
        forms: words('forms'),
        form_stems: words('form_stems'),
      },
    },
  ],
  search_total: [
    {
      into: 'lexicon_total',
      values: { index_version: renamed('rules'), indexed_up_to: renamed('rules_to') },
    },
  ],
};
