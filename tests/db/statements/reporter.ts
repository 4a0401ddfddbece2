/**
 * After the database tests: every raw statement of `lib` was run by one of them, and gives the columns
 * that the code declares. Where only some tests ran, the statements that they ran are compared.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Reporter, TestModule } from 'vitest/node';
import { compareStatements, type Run } from './compare';
import { declaredStatements } from './declared';

export default class StatementsReporter implements Reporter {
  async onTestRunEnd(modules: readonly TestModule[]): Promise<void> {
    try {
      await this.check(modules);
    } catch (error) {
      console.error('\n Raw statements  could not be checked:', error);
      process.exitCode = 1;
    }
  }

  private async check(modules: readonly TestModule[]): Promise<void> {
    const ran = modules.filter(({ project }) => project.name === 'db');
    const project = ran[0]?.project;
    if (!project) return;
    const { statementNotes, databases } = project.getProvidedContext();
    const all = await project.globTestFiles();
    const complete =
      ran.length === all.testFiles.length &&
      ran.every((module) => module.ok()) &&
      project.vitest.config.testNamePattern === undefined;
    const declared = declaredStatements();
    const problems = compareStatements(declared, readNotes(statementNotes), {
      complete,
      database: databases[0] && 'url' in databases[0] ? 'server' : 'embedded',
    });
    const those = complete ? `all ${declared.length}` : 'those that ran';
    if (problems.length === 0) {
      console.log(` Raw statements  ${those} give what the code declares`);
      return;
    }
    console.error(`\n Raw statements  ${problems.length} problems\n   ${problems.join('\n   ')}\n`);
    process.exitCode = 1;
  }
}

/** One file a test file; the notes of a statement are put together. */
function readNotes(folder: string): Run[] {
  const runs = new Map<string, Run>();
  for (const name of readdirSync(folder)) {
    const notes: Run[] = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    for (const { place, columns } of notes) {
      const before = runs.get(place)?.columns ?? [];
      runs.set(place, { place, columns: [...before, ...columns] });
    }
  }
  return [...runs.values()];
}
