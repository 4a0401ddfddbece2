import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The unit tests of one rule, as `run.ts` names them: no other test runs against its mutants. */
export default defineConfig({
  root,
  resolve: { alias: { '@': root } },
  test: {
    include: JSON.parse(process.env.MUTATION_TESTS ?? '[]'),
    testTimeout: 30_000,
  },
});
