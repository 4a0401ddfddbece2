/** Compares what the code declares of its raw statements with what the server said of them. */

type Plain = 'string' | 'number' | 'bigint' | 'boolean' | 'Date' | 'object' | 'unknown';
/** How a value looks in TypeScript. */
export type Kind = Plain | `${Plain}[]`;

export interface DeclaredColumn {
  name: string;
  kinds: Kind[];
  nullable: boolean;
  optional: boolean;
}

/** A raw statement in the code. */
export interface Declared {
  /** Such as `lib/feed/store.ts:41`: where the name of the method stands. */
  place: string;
  method: string;
  /** Missing where no column is read. */
  columns?: DeclaredColumn[];
  /** Its rows have no type of their own that could be compared. */
  unclear?: boolean;
}

export interface RunColumn {
  name: string;
  oid: number;
  /** Read by Prisma, or by the driver alone: they make different values of some types. */
  prisma: boolean;
  hadNull: boolean;
}

/** A raw statement that a test ran, with all that its runs have shown. */
export interface Run {
  place: string;
  columns: RunColumn[];
}

/** Files with statements that only one of the two kinds of database need ever run. */
const ONLY_ON: Record<'server' | 'embedded', readonly string[]> = {
  server: ['lib/db/time-limit.ts'],
  // No autovacuum there; and BM25, which a server has only with an extension.
  embedded: ['lib/db/upkeep.ts', 'lib/search/rank/pg-textsearch.ts'],
};

export function compareStatements(
  declared: readonly Declared[],
  runs: readonly Run[],
  { complete, database }: { complete: boolean; database: 'server' | 'embedded' },
): string[] {
  const byPlace = new Map(runs.map((run) => [run.place, run]));
  const elsewhere = ONLY_ON[database === 'server' ? 'embedded' : 'server'];
  return declared.flatMap((statement) => {
    const { place, method } = statement;
    if (!['$queryRaw', '$executeRaw'].includes(method)) return [`${place} uses ${method}`];
    if (statement.unclear) return [`${place} does not say the type of its rows`];
    const run = byPlace.get(place);
    if (run) return compareColumns(statement, run).map((problem) => `${place} ${problem}`);
    const expected = complete && !elsewhere.some((file) => place.startsWith(`${file}:`));
    return expected ? [`${place} is run by no test`] : [];
  });
}

function compareColumns({ columns }: Declared, run: Run): string[] {
  if (!columns) return [];
  const problems = new Set<string>();
  for (const column of columns) {
    if (!column.optional && !run.columns.some(({ name }) => name === column.name)) {
      problems.add(`declares "${column.name}", which is no column of its rows`);
    }
  }
  for (const column of run.columns) {
    const { name, hadNull } = column;
    const declared = columns.find((each) => each.name === name);
    if (!declared) {
      problems.add(`gives a column "${name}" that it does not declare`);
      continue;
    }
    const kind = kindOf(column);
    const fits = declared.kinds.some((each) => kind === 'any' || [kind, 'unknown'].includes(each));
    if (!fits && declared.kinds.length > 0) {
      problems.add(`declares "${name}" as ${declared.kinds.join(' | ')}, and gets ${kind}`);
    }
    if (hadNull && !declared.nullable) problems.add(`declares "${name}" not null, and got null`);
  }
  return [...problems];
}

const FIRST_OWN_TYPE = 16_384;

/** Names by PostgreSQL's numbers of types, which never change. */
const KINDS: Record<number, Kind | 'any'> = {
  16: 'boolean',
  17: 'object',
  18: 'string',
  19: 'string',
  21: 'number',
  23: 'number',
  25: 'string',
  114: 'any',
  700: 'number',
  701: 'number',
  1000: 'boolean[]',
  1005: 'number[]',
  1007: 'number[]',
  1009: 'string[]',
  1015: 'string[]',
  1021: 'number[]',
  1022: 'number[]',
  1042: 'string',
  1043: 'string',
  1082: 'Date',
  1114: 'Date',
  1184: 'Date',
  1185: 'Date[]',
  2278: 'any',
  2950: 'string',
  3802: 'any',
};
const WIDE: Record<number, { prisma: Kind; plain: Kind }> = {
  20: { prisma: 'bigint', plain: 'string' },
  26: { prisma: 'bigint', plain: 'number' },
  1016: { prisma: 'bigint[]', plain: 'string[]' },
  1700: { prisma: 'object', plain: 'string' },
};

function kindOf({ oid, prisma }: RunColumn): Kind | 'any' | `type ${number}` {
  const wide = WIDE[oid];
  if (wide) return prisma ? wide.prisma : wide.plain;
  // Enums and types of extensions, and their arrays, arrive as text.
  if (oid >= FIRST_OWN_TYPE) return 'string';
  return KINDS[oid] ?? `type ${oid}`;
}
