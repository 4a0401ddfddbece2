import { defineConfig } from 'prisma/config';

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  // Ours (lib/db/migrate.ts): no difference between the schema and the database.
  experimental: { externalTables: true },
  tables: { external: ['public._migration_lease'] },
});
