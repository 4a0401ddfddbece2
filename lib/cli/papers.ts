import { parseArgs } from 'node:util';
import { correctPaper, type TypedCorrection } from '../admin/correct';
import { mergePaper } from '../admin/merge-papers';
import {
  findPapers,
  hidePaper,
  type PaperDeed,
  pinPaper,
  unhidePaper,
  unpinPaper,
} from '../admin/paper-acts';
import { isoDay } from '../calendar/day-names';
import type { ModelDb } from '../db/sql';
import { rowId } from '../http/segment';
import { COMMAND_LINE } from '../readers/actor';
import { type Command, type Output, UsageError } from './command';
import { withDatabase } from './database';

type Values = Partial<
  Record<'into' | 'title' | 'abstract' | 'authors' | 'published' | 'code' | 'project', string>
>;

interface PaperAct {
  run(db: ModelDb, deed: PaperDeed, values: Values, now: Date): Promise<unknown>;
  /** Options beside --why that it takes: one of them at least. */
  takes?: { options: readonly (keyof Values)[]; words: string };
  done: (values: Values) => string;
  not: (values: Values) => string;
}

const byNumber = (act: typeof hidePaper, done: string, not: string): PaperAct => ({
  run: (db, deed, _, now) => act(db, COMMAND_LINE, deed, now),
  done: () => done,
  not: () => not,
});

const ACTS: Record<string, PaperAct> = {
  hide: byNumber(hidePaper, 'is hidden', 'is not shown'),
  unhide: byNumber(unhidePaper, 'is shown again', 'is not hidden'),
  pin: byNumber(pinPaper, 'is first on the front page for a day', 'is not shown'),
  unpin: byNumber(unpinPaper, 'is not pinned any more', 'is not pinned'),
  merge: {
    run: (db, deed, { into = '' }, now) =>
      mergePaper(db, COMMAND_LINE, { ...deed, intoId: numberOf(into) }, now),
    takes: { options: ['into'], words: '--into PAPER: the one that stays' },
    done: ({ into }) => `leads to ${into}`,
    not: ({ into }) => `was merged already, or ${into} is not shown`,
  },
  correct: {
    run: (db, deed, values, now) =>
      correctPaper(db, COMMAND_LINE, { ...deed, typed: typedOf(values) }, now),
    takes: {
      options: ['title', 'abstract', 'authors', 'published', 'code', 'project'],
      words: 'what is right: --title, --authors and so on',
    },
    done: () => 'is corrected',
    not: () => 'says so already',
  },
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
    const { why, ...options } = values;
    const [action = '', about, ...rest] = positionals;
    const act = Object.hasOwn(ACTS, action) ? ACTS[action]! : null;
    if ((!act && action !== 'find') || about === undefined || rest.length > 0) {
      throw new UsageError(`"papers ${positionals.join(' ')}" is not understood.`);
    }
    if ((act === null) !== (why === undefined)) {
      throw new UsageError('--why TEXT belongs to every act, and to nothing else.');
    }
    refuseOptions(action, act, Object.keys(options));
    if (!act) return withDatabase('papers', (db) => find(db, about, output));
    const paperId = numberOf(about);
    if (options.into !== undefined) numberOf(options.into);
    const deed: PaperDeed = { paperId, reason: why! };
    return withDatabase('papers', async (db) => {
      const done = await act.run(db, deed, options, new Date());
      if (done) output.print(`Paper ${paperId} ${act.done(options)}.`);
      else output.note(`There is no paper ${paperId}, or it ${act.not(options)}.`);
      return done ? 0 : 1;
    });
  },
};

/** Each act takes its own options. */
function refuseOptions(action: string, act: PaperAct | null, given: readonly string[]): void {
  const taken: readonly string[] = act?.takes?.options ?? [];
  const foreign = given.find((name) => !taken.includes(name));
  if (foreign) throw new UsageError(`"papers ${action}" takes no --${foreign}.`);
  if (act?.takes && given.length === 0) {
    throw new UsageError(`"papers ${action}" takes ${act.takes.words}.`);
  }
}

function numberOf(typed: string): number {
  const id = rowId(typed);
  if (id !== null) return id;
  throw new UsageError(`"${typed}" is no number of a paper: it is the one in /papers/123.`);
}

function typedOf({ title, abstract, authors, published, code, project }: Values): TypedCorrection {
  return {
    ...(title !== undefined && { title }),
    ...(abstract !== undefined && { abstract }),
    ...(authors !== undefined && { authors: authors.split(';') }),
    ...(published !== undefined && { publishedOn: published }),
    ...(code !== undefined && { codeUrl: code }),
    ...(project !== undefined && { projectUrl: project }),
  };
}

async function find(db: ModelDb, text: string, { print, note }: Output): Promise<number> {
  const found = await findPapers(db, COMMAND_LINE, text);
  for (const { id, title, hiddenAt } of found) {
    print(`${id}  ${title}${hiddenAt ? ` (hidden on ${isoDay(hiddenAt)})` : ''}`);
  }
  if (found.length === 0) note(`No paper has the number, arXiv id, DOI or title "${text}".`);
  return found.length === 0 ? 1 : 0;
}
