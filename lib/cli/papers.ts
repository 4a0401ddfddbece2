import { parseArgs } from 'node:util';
import { correctPaper, type TypedCorrection } from '../admin/correct';
import { mergePaper } from '../admin/merge';
import {
  findPapers,
  hidePaper,
  type PaperDeed,
  pinPaper,
  unhidePaper,
  unpinPaper,
} from '../admin/papers';
import type { ModelDb } from '../db/sql';
import { rowId } from '../http/segment';
import { COMMAND_LINE } from '../readers/actor';
import { type Command, type Output, UsageError } from './command';
import { withDatabase } from './database';

const ACTS = {
  hide: { run: hidePaper, done: 'is hidden', not: 'is not shown' },
  unhide: { run: unhidePaper, done: 'is shown again', not: 'is not hidden' },
  pin: { run: pinPaper, done: 'is first on the front page for a day', not: 'is not shown' },
  unpin: { run: unpinPaper, done: 'is not pinned any more', not: 'is not pinned' },
};

export const command: Command = {
  name: 'papers',
  usage: [
    'papers find TEXT (number, arXiv id, DOI or title)',
    'papers hide PAPER --why TEXT',
    'papers unhide PAPER --why TEXT',
    'papers pin PAPER --why TEXT (first on the front page for a day)',
    'papers unpin PAPER --why TEXT',
    'papers merge PAPER --into PAPER --why TEXT (for good: the first leads to the second)',
    'papers correct PAPER --why TEXT [--title TEXT] [--abstract TEXT] [--authors "NAME; NAME"]',
    ' [--published DAY] [--code URL] [--project URL] (an empty day or link is taken away)',
  ],
  summary: 'find a paper, hide, pin, merge or correct it; anyone can read why on /about/log',
  async run(args, output) {
    const { values, positionals } = parseArgs({
      args,
      options: {
        why: { type: 'string' },
        into: { type: 'string' },
        title: { type: 'string' },
        abstract: { type: 'string' },
        authors: { type: 'string' },
        published: { type: 'string' },
        code: { type: 'string' },
        project: { type: 'string' },
      },
      allowPositionals: true,
    });
    const [action = '', about, ...rest] = positionals;
    const act = Object.hasOwn(ACTS, action) ? ACTS[action as keyof typeof ACTS] : null;
    const { why, title, abstract, authors, published, code, project } = values;
    const typed: TypedCorrection = {
      ...(title !== undefined && { title }),
      ...(abstract !== undefined && { abstract }),
      ...(authors !== undefined && { authors: authors.split(';') }),
      ...(published !== undefined && { publishedOn: published }),
      ...(code !== undefined && { codeUrl: code }),
      ...(project !== undefined && { projectUrl: project }),
    };
    const corrects = action === 'correct';
    const merges = action === 'merge';
    if (
      (!act && !corrects && !merges && action !== 'find') ||
      about === undefined ||
      rest.length > 0
    ) {
      throw new UsageError(`"papers ${positionals.join(' ')}" is not understood.`);
    }
    if ((action !== 'find') !== (why !== undefined)) {
      throw new UsageError('--why TEXT belongs to every act, and to nothing else.');
    }
    if (corrects !== Object.keys(typed).length > 0) {
      throw new UsageError('"papers correct" takes what is right: --title, --authors and so on.');
    }
    if (merges !== (values.into !== undefined)) {
      throw new UsageError('"papers merge" takes --into PAPER: the one that stays.');
    }
    if (action === 'find') return withDatabase('papers', (db) => find(db, about, output));
    const paperId = rowId(about);
    if (paperId === null) {
      throw new UsageError(`"${about}" is no number of a paper: it is the one in /papers/123.`);
    }
    const intoId = rowId(values.into ?? '');
    if (merges && intoId === null) {
      throw new UsageError(`"${values.into}" is no number of a paper.`);
    }
    const deed: PaperDeed = { paperId, reason: why! };
    return withDatabase('papers', async (db) => {
      const now = new Date();
      const { done: isDone, not } =
        act ??
        (merges
          ? { done: `leads to ${intoId}`, not: `was merged already, or ${intoId} is not shown` }
          : { done: 'is corrected', not: 'says so already' });
      const done = act
        ? await act.run(db, COMMAND_LINE, deed, now)
        : merges
          ? await mergePaper(db, COMMAND_LINE, { ...deed, intoId: intoId! }, now)
          : await correctPaper(db, COMMAND_LINE, { ...deed, typed }, now);
      if (done) output.print(`Paper ${paperId} ${isDone}.`);
      else output.note(`There is no paper ${paperId}, or it ${not}.`);
      return done ? 0 : 1;
    });
  },
};

async function find(db: ModelDb, text: string, { print, note }: Output): Promise<number> {
  const found = await findPapers(db, COMMAND_LINE, text);
  for (const { id, title, hiddenAt } of found) {
    print(
      `${id}  ${title}${hiddenAt ? ` (hidden on ${hiddenAt.toISOString().slice(0, 10)})` : ''}`,
    );
  }
  if (found.length === 0) note(`No paper has the number, arXiv id, DOI or title "${text}".`);
  return found.length === 0 ? 1 : 0;
}
