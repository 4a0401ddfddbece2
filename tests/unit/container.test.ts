import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseSettings, SECRET_SETTINGS } from '@/lib/runtime/settings';

const read = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
const dockerfile = read('Dockerfile');
const compose = read('compose.yml');

const settings = [
  ...Object.keys(parseSettings({}).raw),
  ...SECRET_SETTINGS.map((name) => `${name}_FILE`),
];
const lowerCase = SECRET_SETTINGS.map((name) => name.toLowerCase());

/** The lines below `heading` that are indented deeper than it, without their indentation. */
function below(heading: string): string[] {
  const lines = compose.split('\n');
  const at = lines.indexOf(heading);
  const depth = heading.search(/\S/);
  const rest = lines.slice(at + 1);
  const end = rest.findIndex((line) => line !== '' && line.search(/\S/) <= depth);
  return rest
    .slice(0, end < 0 ? rest.length : end)
    .map((line) => line.trim())
    .filter(Boolean);
}

const environment = new Map(
  below('    environment:').map((line) => line.split(': ', 2) as [string, string]),
);

test('the Dockerfile sets nothing that is no setting', () => {
  const set = [...dockerfile.matchAll(/^ENV (.*)$/gm)].flatMap(([, line]) =>
    [...line!.matchAll(/(\w+)=/g)].map(([, name]) => name),
  );
  expect(set).toContain('DATA_DIR');
  expect(set.filter((name) => !['HOME', 'NODE_ENV', ...settings].includes(name!))).toEqual([]);
});

test('the Dockerfile starts files that exist, with Node and without a shell', () => {
  const commands = [...dockerfile.matchAll(/\bCMD (.*)$/gm)].map(([, line]) => JSON.parse(line!));
  expect(commands).toHaveLength(2);
  for (const [program, ...words] of commands) {
    expect(program).toBe('node');
    expect(existsSync(words.find((word: string) => word.endsWith('.mjs')))).toBe(true);
  }
});

test('compose.yml sets nothing that is no setting', () => {
  expect(environment.size).toBeGreaterThan(SECRET_SETTINGS.length);
  expect([...environment.keys()].filter((name) => !settings.includes(name))).toEqual([]);
});

test.each(SECRET_SETTINGS)('compose.yml hands %s over as a file, if there is one', (name) => {
  const path = `/run/secrets/${name.toLowerCase()}`;
  const isRequired = ['DATABASE_URL', 'SECRET', 'CRON_SECRET'].includes(name);
  expect(environment.get(`${name}_FILE`)).toBe(isRequired ? path : `\${${name}_FILE:+${path}}`);
});

test('compose.yml mounts the secrets, and no others', () => {
  expect(below('    secrets:').sort()).toEqual(lowerCase.map((name) => `- ${name}`).sort());
  const files = below('secrets:').filter((line) => !line.startsWith('postgres_password: '));
  expect(files.map((line) => line.split(':', 1)[0]).sort()).toEqual(lowerCase.sort());
});
