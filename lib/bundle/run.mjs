/**
 * `node lib/bundle/run.mjs PROGRAM …`: reads the environment file, sees to a bundle of the present
 * sources, and runs a program of it in this process. Imports nothing that `npm ci` has to install.
 */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { ensureBundle, isRelease, PROGRAMS } from './bundle.mjs';
import { failureCode } from './failure.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const [program = '', ...args] = process.argv.slice(2);
try {
  if (!Object.hasOwn(PROGRAMS, program)) {
    throw new Error(
      `There is no program "${program}". There are: ${Object.keys(PROGRAMS).join(', ')}.`,
    );
  }
  const envFile = takeEnvFile(args) ?? process.env.BROADSHEET_ENV;
  if (envFile) readEnvFile(resolve(envFile));
  // As under npm, wherever it was called from.
  process.chdir(ROOT);
  if (!isRelease && !existsSync('node_modules/esbuild')) {
    throw new Error(`The packages are not installed. Run, in ${ROOT}: npm ci`);
  }
  const folder = await ensureBundle();
  process.argv.splice(1, process.argv.length - 1, `${folder}/${program}.mjs`, ...args);
  await import(`${folder}/${program}.mjs`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(failureCode(args));
}

/**
 * Takes `--env-file FILE` or `--env-file=FILE` out of the arguments.
 * @param {string[]} args
 */
function takeEnvFile(args) {
  const at = args.findIndex((arg) => /^--env-file(?:=|$)/.test(arg));
  if (at < 0) return undefined;
  const [flag = ''] = args.splice(at, 1);
  const file = flag.includes('=') ? flag.slice(flag.indexOf('=') + 1) : args.splice(at, 1)[0];
  if (!file) throw new Error('--env-file needs a file, such as --env-file /etc/broadsheet.env');
  return file;
}

/**
 * What is set already goes before what the file says.
 * @param {string} path
 */
function readEnvFile(path) {
  let text;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new Error(`The environment file cannot be read: ${/** @type {Error} */ (error).message}`);
  }
  process.env.BROADSHEET_ENV = path;
  for (const [name, value] of Object.entries(parseEnv(text))) process.env[name] ??= value;
}
