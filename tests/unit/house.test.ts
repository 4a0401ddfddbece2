import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

/**
 * The floors of the house, from the ground up: a folder imports from its own floor's folder and from
 * floors below, never from above. Folders on one floor do not know each other.
 */
const FLOORS: readonly (readonly string[])[] = [
  ['lib/runtime', 'lib/calendar'],
  ['lib/db'],
  ['lib/bundle'],
  ['lib/http'],
  ['lib/papers/tex'],
  ['lib/papers'],
  ['lib/tags'],
  ['lib/feed'],
  ['lib/search/text'],
  ['lib/search/index'],
  ['lib/search/query'],
  ['lib/search/rank'],
  ['lib/search/vectors'],
  ['lib/search'],
  ['lib/ingest', 'lib/rising'],
  ['lib/sources/formats', 'lib/sources/fetch'],
  ['lib/sources'],
  ['lib/sources/poll'],
  ['lib/sources/enrich', 'lib/sources/status'],
  ['lib/subscribers'],
  ['lib/readers'],
  ['lib/interests'],
  ['emails'],
  ['lib/mail/wire'],
  ['lib/mail/send', 'lib/mail/receive'],
  ['lib/mail/receive/webhooks', 'lib/mail/transactional'],
  ['lib/digest'],
  ['lib/citations', 'lib/syndication', 'lib/site'],
  ['lib/api'],
  ['lib/mcp'],
  ['lib/jobs'],
  ['lib/doctor', 'lib/metrics'],
  ['lib/admin'],
  ['lib/server'],
  ['lib/cli'],
  ['components/ui'],
  ['components/site'],
  ['components/paper'],
  ['components/tags', 'components/subscribers', 'components/rising', 'components/interests'],
  ['components/feed'],
  ['components/search', 'components/library'],
  ['app'],
];

/** Names of roles, and Next's own, which every folder may have. */
const ROLES = /^(?:store|query|run|types|page|route|layout|error|not-found|global-error)\.tsx?$/;
/** Pairs of files that share a name though neither is a role. */
const MOST_PAIRS = 12;

interface Import {
  from: string;
  to: string;
}

const tracked = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], {
  encoding: 'utf8',
});
const files = tracked
  .split('\n')
  .filter((file) => /^(?:app|components|emails|lib)\/.*\.(?:tsx?|mjs)$/.test(file));
const known = new Set(files);

const SPECIFIER = /(?:\bfrom|\bimport|\bimport\()\s*'([^']+)'/g;

function targetOf(from: string, specifier: string): string | null {
  const path = specifier.startsWith('@/')
    ? specifier.slice(2)
    : specifier.startsWith('.')
      ? normalize(join(dirname(from), specifier))
      : null;
  if (path === null) return null;
  return (
    ['', '.ts', '.tsx', '.mjs'].map((end) => path + end).find((file) => known.has(file)) ?? null
  );
}

const texts = new Map(files.map((file) => [file, readFileSync(file, 'utf8')]));

/** Every import of one of our files by another, type-only ones too. */
const imports: Import[] = files.flatMap((from) =>
  [...texts.get(from)!.matchAll(SPECIFIER)].flatMap(([, specifier]) => {
    const to = targetOf(from, specifier!);
    return to === null ? [] : [{ from, to }];
  }),
);

/** The floor's folder that a file lives in: the longest that its path begins with. */
function folderOf(file: string): string {
  const folders = FLOORS.flat().filter((folder) => file.startsWith(`${folder}/`));
  const longest = folders.sort((a, b) => b.length - a.length)[0];
  if (longest === undefined)
    throw new Error(`${file} is in no folder that tests/unit/house.test.ts names`);
  return longest;
}

/** Rings in a graph: its strongly connected parts of more than one node. */
function rings(edges: Iterable<readonly [string, string]>): string[][] {
  const next = new Map<string, Set<string>>();
  for (const [a, b] of edges) {
    if (a === b) continue;
    if (!next.has(a)) next.set(a, new Set());
    next.get(a)!.add(b);
  }
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const found: string[][] = [];
  const walk = (node: string) => {
    index.set(node, index.size);
    low.set(node, index.get(node)!);
    stack.push(node);
    for (const other of next.get(node) ?? []) {
      if (!index.has(other)) walk(other);
      if (stack.includes(other)) low.set(node, Math.min(low.get(node)!, low.get(other)!));
    }
    if (low.get(node) !== index.get(node)) return;
    const ring = stack.splice(stack.indexOf(node));
    if (ring.length > 1) found.push(ring.sort());
  };
  for (const node of next.keys()) if (!index.has(node)) walk(node);
  return found;
}

describe('the house', () => {
  it('imports downwards only, from floor to floor', () => {
    const floor = new Map(
      FLOORS.flatMap((folders, level) => folders.map((f) => [f, level] as const)),
    );
    const upward = imports
      .filter(({ from, to }) => {
        const [a, b] = [folderOf(from), folderOf(to)];
        return a !== b && floor.get(b)! >= floor.get(a)!;
      })
      .map(({ from, to }) => `${from} -> ${to}`);
    expect(upward).toEqual([]);
  });

  it('has no ring of files', () => {
    expect(rings(imports.map(({ from, to }) => [from, to] as const))).toEqual([]);
  });

  it('has no ring of folders, whether rooms or whole wings', () => {
    const rooms = imports.map(({ from, to }) => [dirname(from), dirname(to)] as const);
    const wing = (file: string) => /^(?:lib\/[^/]+|[^/]+)/.exec(file)![0];
    const wings = imports.map(({ from, to }) => [wing(from), wing(to)] as const);
    expect([...rings(rooms.filter(([a]) => !a.startsWith('app'))), ...rings(wings)]).toEqual([]);
  });

  it('asks for nothing of Next outside of app/ and the files that Next itself reads', () => {
    const strangers = files.filter(
      (file) =>
        !file.startsWith('app/') &&
        file !== 'lib/server/web.mjs' &&
        /from 'next(?:\/[^']*)?'/.test(texts.get(file)!),
    );
    expect(strangers).toEqual([]);
    expect(files.filter((file) => texts.get(file)!.includes("'next/dist"))).toEqual([]);
  });

  it('gives one name to one thing: few files share a name that is no role', () => {
    const places = new Map<string, string[]>();
    for (const file of files) {
      const name = basename(file);
      if (ROLES.test(name) || file.startsWith('lib/cli/')) continue;
      places.set(name, [...(places.get(name) ?? []), file]);
    }
    const shared = [...places.values()].filter((those) => those.length > 1);
    expect(shared.length, shared.map((those) => those.join(' ')).join('\n')).toBeLessThanOrEqual(
      MOST_PAIRS,
    );
  });
});
