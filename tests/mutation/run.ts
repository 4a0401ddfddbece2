/**
 * `npm run mutate [-- RULE …]`: changes each line of a rule in every small way that Stryker knows and
 * runs the rule's unit tests against each change. Fails where a change goes unnoticed that
 * `equivalent.ts` does not name.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateClient } from '../../lib/db/generate.mjs';
import { EQUIVALENT } from './equivalent';
import { countsOf, judge } from './report';
import { RULES, type Rule } from './rules';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Stryker and what it brings live here, outside the product's dependencies. */
const HOME = join(ROOT, 'tests/.tmp/mutation');
const PACKAGES = ['@stryker-mutator/core@9.6.1', '@stryker-mutator/vitest-runner@9.6.1'];

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(RULES, name));
if (unknown.length > 0) {
  console.error(
    `There is no rule ${unknown.join(', ')}. There are: ${Object.keys(RULES).join(', ')}.`,
  );
  process.exit(2);
}
generateClient();
install();
let passed = true;
for (const [name, rule] of Object.entries(RULES)) {
  if (asked.length === 0 || asked.includes(name)) passed = mutate(name, rule) && passed;
}
process.exit(passed ? 0 : 1);

function install(): void {
  if (existsSync(join(HOME, 'node_modules/@stryker-mutator/vitest-runner'))) return;
  mkdirSync(HOME, { recursive: true });
  writeFileSync(join(HOME, 'package.json'), '{ "private": true }\n');
  // Without peers: Vitest is the project's own.
  const options = [
    '--no-save',
    '--no-package-lock',
    '--legacy-peer-deps',
    '--no-audit',
    '--no-fund',
  ];
  const { status } = spawnSync('npm', ['install', ...options, ...PACKAGES], {
    cwd: HOME,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(2);
}

function mutate(name: string, rule: Rule): boolean {
  const config = join(HOME, `${name}.json`);
  const fileName = join(HOME, `${name}-report.json`);
  writeFileSync(config, JSON.stringify(configOf(rule, fileName)));
  const { status } = spawnSync(
    process.execPath,
    [join(HOME, 'node_modules/@stryker-mutator/core/bin/stryker.js'), 'run', config],
    {
      cwd: ROOT,
      stdio: 'inherit',
      env: { ...process.env, MUTATION_TESTS: JSON.stringify(rule.tests) },
    },
  );
  if (status !== 0) return false;
  const { lines, passed } = judge(countsOf(JSON.parse(readFileSync(fileName, 'utf8'))), EQUIVALENT);
  console.log(`\n=== ${name}\n${lines.join('\n')}\n`);
  return passed;
}

function configOf(rule: Rule, fileName: string): object {
  const copied = ['lib', 'tests', 'tests/unit', 'tests/fixtures', 'tests/mutation'];
  return {
    testRunner: 'vitest',
    vitest: { configFile: 'tests/mutation/vitest.config.ts', related: false },
    mutate: rule.mutate,
    mutator: { excludedMutations: rule.leftOut ?? [] },
    ignorePatterns: [
      '**',
      ...copied.map((folder) => `!${folder}`),
      ...copied.filter((folder) => folder !== 'tests').map((folder) => `!${folder}/**`),
      '!package.json',
      '!tsconfig.json',
    ],
    // Stryker would read it by an interface that TypeScript 7 no longer has.
    tsconfigFile: 'none',
    tempDirName: join(HOME, 'sandbox'),
    concurrency: 2,
    coverageAnalysis: 'perTest',
    timeoutMS: 10_000,
    reporters: ['json', 'progress-append-only'],
    jsonReporter: { fileName },
  };
}
