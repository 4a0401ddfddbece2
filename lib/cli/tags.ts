import { parseArgs } from 'node:util';
import { paperDetails, type TagAct, tagPaper } from '@/lib/admin/papers';
import type { ModelDb } from '@/lib/db/sql';
import { paperTags } from '@/lib/feed/tag-query';
import { rowId } from '@/lib/http/segment';
import { retagStale } from '@/lib/ingest/retag';
import { COMMAND_LINE } from '@/lib/readers/actor';
import { TAGS, tagBySlug } from '@/lib/tags/taxonomy';
import { type Command, type Output, UsageError } from './command';
import { withDatabase } from './database';
import { progressLine } from './progress';

export const command: Command = {
  name: 'tags',
  usage: [
    'tags retag (papers tagged with an older taxonomy; can be stopped and run again)',
    'tags show PAPER (its tags, and the words they stand on)',
    'tags add PAPER TAG --why TEXT',
    'tags remove PAPER TAG --why TEXT',
    'tags clear PAPER TAG --why TEXT (the tagger decides again)',
  ],
  summary: 'tag papers anew, or set the tags of one paper by hand',
  async run(args, output) {
    const { values, positionals } = parseArgs({
      args,
      options: { why: { type: 'string' } },
      allowPositionals: true,
    });
    const [action, paper, slug, ...rest] = positionals;
    if (action === 'retag' && paper === undefined)
      return withDatabase('tags', (db) => retag(db, output));
    const byHand = action === 'add' || action === 'remove' || action === 'clear';
    if (rest.length > 0 || (action !== 'show' && !byHand) || (slug !== undefined) !== byHand) {
      throw new UsageError('Say "tags retag", "tags show PAPER", or "tags add PAPER TAG".');
    }
    const paperId = rowId(paper ?? '');
    if (paperId === null) {
      throw new UsageError(`"${paper}" is no number of a paper: it is the one in /papers/123.`);
    }
    if (byHand && !tagBySlug(slug!)) {
      throw new UsageError(`There is no tag "${slug}". ${nearest(slug!)}`);
    }
    if (byHand !== (values.why !== undefined)) {
      throw new UsageError(
        `--why TEXT belongs to what is set by hand: anyone can read it on /about/log.`,
      );
    }
    return withDatabase('tags', async (db) => {
      if (!(await paperDetails(db, COMMAND_LINE, paperId))) {
        output.note(`There is no paper ${paperId}.`);
        return 1;
      }
      if (byHand) {
        const deed = { paperId, slug: slug!, how: action as TagAct, reason: values.why! };
        if (!(await tagPaper(db, COMMAND_LINE, deed, new Date()))) {
          output.note(`Nothing was set by hand about "${slug}" on paper ${paperId}.`);
          return 1;
        }
      }
      await show(db, paperId, output);
      return 0;
    });
  },
};

async function retag(db: ModelDb, output: Output): Promise<number> {
  const interrupt = new AbortController();
  const onSignal = () => {
    output.note('Stopping after this batch; run it again to go on.');
    interrupt.abort();
  };
  process.once('SIGINT', onSignal);
  process.once('SIGTERM', onSignal);
  const startedAt = Date.now();
  try {
    const { papers, remaining } = await retagStale(db, {
      now: new Date(),
      signal: interrupt.signal,
      onBatch: (done, total) =>
        output.progress(progressLine({ done, total, unit: 'papers', startedAt }, Date.now())),
    });
    output.print(
      papers === 0 && remaining === 0
        ? 'All papers have the tags of the present taxonomy.'
        : `${papers.toLocaleString('en')} papers tagged anew${
            remaining > 0 ? `, ${remaining.toLocaleString('en')} to go: run it again` : ''
          }`,
    );
    return remaining > 0 ? 1 : 0;
  } finally {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  }
}

async function show(db: ModelDb, paperId: number, { print }: Output): Promise<void> {
  const tags = await paperTags(db, paperId);
  if (tags.length === 0) print(`Paper ${paperId} has no tags.`);
  for (const { tag, weight, evidence, byHand } of tags) {
    print(`${tag.slug}  ${byHand ? 'by hand' : weight.toFixed(2)}`);
    for (const item of evidence) {
      print(`    ${item.weight.toFixed(2)}  ${item.where}: ${item.words}`);
    }
  }
}

/** The tags whose slug or name holds the word, else where they all are. */
function nearest(word: string): string {
  const like = TAGS.filter(({ slug, name }) =>
    `${slug} ${name}`.toLowerCase().includes(word.toLowerCase()),
  );
  return like.length > 0
    ? `Did you mean ${like.map(({ slug }) => slug).join(', ')}?`
    : 'They are in lib/tags/taxonomy.json and on /tags.';
}
