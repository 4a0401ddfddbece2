/**
 * Prisma's own schema engine, compiled to WASM, for development and tests: it needs no binary for this
 * platform. The program itself migrates by `lib/db/migrate.ts`.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm/schema_engine_bg';
import * as engineBindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';
import { readMigrations } from '../lib/db/migrations';
import { clientConfig, type DatabaseTarget } from '../lib/db/target';
import config from '../prisma.config';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));
export const MIGRATIONS = `${FOLDER}migrations`;
const FILTERS = { externalTables: config.tables?.external ?? [], externalEnums: [] };

/** What Prisma's engine says about a database and the migrations in a folder. */
export function diagnose(target: DatabaseTarget, folder = MIGRATIONS) {
  return withEngine(target, (engine) =>
    engine.diagnoseMigrationHistory({
      migrationsList: {
        baseDir: folder,
        lockfile: {
          path: './migration_lock.toml',
          content: readFileSync(`${MIGRATIONS}/migration_lock.toml`, 'utf8'),
        },
        shadowDbInitScript: '',
        migrationDirectories: readMigrations(folder).map(({ name, script }) => ({
          path: name,
          migrationFile: {
            path: 'migration.sql',
            content: { tag: 'ok' as const, value: script },
          },
        })),
      },
      optInToShadowDatabase: false,
      filters: FILTERS,
    }),
  );
}

/**
 * The SQL that turns a migrated database into what `schema.prisma` says; empty where they agree.
 * Indexes that the schema cannot express are left alone.
 */
export async function missingSql(target: DatabaseTarget): Promise<string> {
  const files = [{ path: 'schema.prisma', content: schema() }];
  const { stdout } = await withEngine(target, (engine) =>
    engine.diff({
      from: { tag: 'schemaDatasource', files, configDir: FOLDER },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: null,
      filters: FILTERS,
    }),
  );
  const inexpressible = await inexpressibleIndexes(target);
  const steps = (stdout ?? '').split('\n\n').filter((step) => {
    const dropped = /^-- DropIndex\nDROP INDEX "([^"]+)";\n*$/.exec(step)?.[1];
    return step.trim() !== '' && !(dropped && inexpressible.has(dropped));
  });
  return steps.join('\n\n');
}

/** GIN, BM25, partial and expression indexes. */
async function inexpressibleIndexes(target: DatabaseTarget): Promise<Set<string>> {
  const client = new pg.Client(clientConfig(target));
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(`
      select c.relname as name from pg_index i
      join pg_class c on c.oid = i.indexrelid join pg_am m on m.oid = c.relam
      where m.amname <> 'btree' or i.indpred is not null or i.indexprs is not null`);
    return new Set(rows.map(({ name }) => name));
  } finally {
    await client.end();
  }
}

function schema(): string {
  return readFileSync(`${FOLDER}schema.prisma`, 'utf8');
}

const CHAR = 18;
const TIME = 1083;

/**
 * The engine reads the system tables' one-byte `"char"`, which the adapter refuses to describe. So it
 * passes the adapter as a `time`, which no system table has, and comes out as a character.
 */
class IntrospectingPg extends PrismaPg {
  override async connect() {
    const adapter = await super.connect();
    const pool = adapter.underlyingDriver();
    const query = pool.query.bind(pool) as (config: unknown) => Promise<pg.QueryResult>;
    pool.query = (async (config: unknown) => {
      const result = await query(config);
      for (const field of result.fields) if (field.dataTypeID === CHAR) field.dataTypeID = TIME;
      return result;
    }) as typeof pool.query;
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (sql) => {
      const result = await queryRaw(sql);
      const columnTypes = result.columnTypes.map((type) =>
        type === ColumnTypeEnum.Time ? ColumnTypeEnum.Character : type,
      );
      return { ...result, columnTypes };
    };
    return adapter;
  }
}

async function withEngine<T>(
  target: DatabaseTarget,
  work: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  instantiate();
  const engine = await engineBindings.SchemaEngine.new(
    { datamodels: [['schema.prisma', schema()]] },
    () => {},
    bindMigrationAwareSqlAdapterFactory(new IntrospectingPg({ ...clientConfig(target), max: 1 })),
  );
  try {
    return await work(engine);
  } finally {
    engine.free();
  }
}

let instantiated = false;

function instantiate(): void {
  if (instantiated) return;
  const path = createRequire(import.meta.url).resolve(
    '@prisma/schema-engine-wasm/schema_engine_bg',
  );
  const module = new WebAssembly.Module(readFileSync(path.replace(/\.js$/, '.wasm')));
  // The package's own entry imports the .wasm file as a module, which Node does not do yet.
  const bindings = engineBindings as unknown as WebAssembly.ModuleImports & {
    __wbg_set_wasm(exports: WebAssembly.Exports): void;
  };
  const instance = new WebAssembly.Instance(module, { './schema_engine_bg.js': bindings });
  bindings.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  instantiated = true;
}
