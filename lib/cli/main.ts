/** `npm run cli -- COMMAND …`. Each command is a file beside this one, loaded when it is called. */

import { failureCode } from '../bundle/failure.mjs';
import { SettingsError } from '../runtime/settings';
import { type Command, UsageError } from './command';
import { terminalOutput } from './output';

const COMMANDS: Record<string, () => Promise<{ command: Command }>> = {
  backup: () => import('./backup'),
  bounce: () => import('./bounce'),
  db: () => import('./db'),
  digest: () => import('./digest'),
  doctor: () => import('./doctor'),
  import: () => import('./import'),
  mail: () => import('./mail'),
  metrics: () => import('./metrics'),
  outbox: () => import('./outbox'),
  papers: () => import('./papers'),
  rank: () => import('./rank'),
  readers: () => import('./readers'),
  rejected: () => import('./rejected'),
  restore: () => import('./restore'),
  rising: () => import('./rising'),
  sample: () => import('./sample'),
  search: () => import('./search'),
  secret: () => import('./secret'),
  setup: () => import('./setup'),
  sources: () => import('./sources'),
  tags: () => import('./tags'),
};

const output = terminalOutput();
const [name, ...args] = process.argv.slice(2);
process.exit(await main(name, args));

async function main(name: string | undefined, args: string[]): Promise<number> {
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    await help(args[0]);
    return name === undefined ? 1 : 0;
  }
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!load) {
    output.note(`There is no command "${name}".`);
    await help();
    return 1;
  }
  const { command } = await load();
  if (args.includes('--help') || args.includes('-h')) {
    printUsage(command);
    return 0;
  }
  try {
    return await command.run(args, output);
  } catch (error) {
    complain(error, command);
    return failureCode([name, ...args]);
  }
}

function complain(error: unknown, command: Command): void {
  if (error instanceof UsageError || isParseArgsError(error)) {
    output.note((error as Error).message);
    printUsage(command);
  } else if (error instanceof SettingsError) {
    output.note(error.message);
  } else {
    output.note(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
  }
}

function isParseArgsError(error: unknown): boolean {
  return String((error as { code?: string })?.code).startsWith('ERR_PARSE_ARGS');
}

async function help(about?: string): Promise<void> {
  const names = about && Object.hasOwn(COMMANDS, about) ? [about] : Object.keys(COMMANDS);
  output.print('npm run cli -- COMMAND');
  for (const each of names) {
    const load = COMMANDS[each];
    if (load) printUsage((await load()).command);
  }
}

function printUsage({ usage, summary }: Command): void {
  output.print(`\n  ${summary}`);
  for (const line of usage) {
    // Options that go on from the line before begin with a space.
    output.print(line.startsWith(' ') ? `      ${line.trim()}` : `    npm run cli -- ${line}`);
  }
}
