import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const PACKAGE = fileURLToPath(new URL('../../package.json', import.meta.url));
const { scripts } = JSON.parse(readFileSync(PACKAGE, 'utf8')) as { scripts: { cli: string } };

const words = scripts.cli.split(' ');

/** Node's flags of `npm run cli`: what is measured runs as an operator runs it, without npm in between. */
export const CLI_FLAGS: readonly string[] = words.slice(
  words.indexOf('node') + 1,
  words.indexOf('--'),
);
