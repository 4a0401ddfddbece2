import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm/schema_engine_bg';
import * as engineBindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';
import { type DatabaseTarget, poolConfig } from './target';

/**
 * Prisma's own schema engine, compiled to WASM: it needs no binary for this platform, and what it
 * writes to `_prisma_migrations` is what `prisma migrate deploy` would write.
 */
const PRISMA_DIR = fileURLToPath(new URL('../../prisma/', import.meta.url));
const NO_FILTER = { externalTables: [], externalEnums: [] };

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

/**
 * The adapter cuts scripts at every semicolon, also inside function bodies and `DO` blocks. The server
 * itself knows where statements end: it gets the script whole.
 */
class ScriptingPg extends PrismaPg {
  constructor(private readonly connection: pg.PoolConfig) {
    super(connection);
  }

  override async connect() {
    const adapter = await super.connect();
    adapter.executeScript = async (script) => {
      const client = new pg.Client(this.connection);
      await client.connect();
      try {
        await client.query(script);
      } finally {
        await client.end();
      }
    };
    return adapter;
  }
}

async function withEngine<T>(
  target: DatabaseTarget,
  work: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  instantiate();
  const factory = new ScriptingPg({ ...poolConfig(target), max: 1, query_timeout: 0 });
  const engine = await engineBindings.SchemaEngine.new(
    { datamodels: [['schema.prisma', readFileSync(join(PRISMA_DIR, 'schema.prisma'), 'utf8')]] },
    () => {},
    bindMigrationAwareSqlAdapterFactory(factory),
  );
  try {
    return await work(engine);
  } catch (error) {
    throw new Error(`Migration failed: ${engineMessage(error)}`);
  } finally {
    engine.free();
  }
}

/** The engine throws JSON inside the message of an error; the part for people is taken out. */
function engineMessage(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  try {
    const parsed = JSON.parse(text);
    return (
      parsed?.meta?.full_error ?? parsed?.message ?? parsed?.user_facing_error?.message ?? text
    );
  } catch {
    return text;
  }
}

function migrationsOnDisk() {
  const dir = join(PRISMA_DIR, 'migrations');
  const names = readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return {
    baseDir: dir,
    lockfile: {
      path: './migration_lock.toml',
      content: readFileSync(join(dir, 'migration_lock.toml'), 'utf8'),
    },
    shadowDbInitScript: '',
    migrationDirectories: names.map((name) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: {
          tag: 'ok' as const,
          value: readFileSync(join(dir, name, 'migration.sql'), 'utf8'),
        },
      },
    })),
  };
}

/** Applies what is missing; gives the names of the migrations applied just now, oldest first. */
export async function migrate(target: DatabaseTarget): Promise<string[]> {
  return withEngine(target, async (engine) => {
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList: migrationsOnDisk(),
      filters: NO_FILTER,
    });
    return appliedMigrationNames;
  });
}

export interface MigrationStatus {
  /** On disk, and not in the database. */
  missing: string[];
  /** In the database, and not on disk: the database is newer than this program. */
  unknown: string[];
  /** Applied, and changed on disk since. */
  edited: string[];
  failed: string[];
}

export async function migrationStatus(target: DatabaseTarget): Promise<MigrationStatus> {
  return withEngine(target, async (engine) => {
    const migrationsList = migrationsOnDisk();
    const found = await engine.diagnoseMigrationHistory({
      migrationsList,
      optInToShadowDatabase: false,
      filters: NO_FILTER,
    });
    const history = found.history;
    const behind = history && 'unappliedMigrationNames' in history ? history : null;
    const ahead = history && 'unpersistedMigrationNames' in history ? history : null;
    return {
      missing: found.hasMigrationsTable
        ? (behind?.unappliedMigrationNames ?? [])
        : migrationsList.migrationDirectories.map(({ path }) => path),
      unknown: ahead?.unpersistedMigrationNames ?? [],
      edited: found.editedMigrationNames,
      failed: found.failedMigrationNames,
    };
  });
}
