import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { databaseTarget, migrationTarget } from '@/lib/db/target';
import { readEnv, readPlace } from '@/lib/runtime/env';
import { rotateLocalSecrets } from '@/lib/runtime/secrets';
import { SECRET_SETTINGS, SettingsError } from '@/lib/runtime/settings';

const folder = mkdtempSync(join(tmpdir(), 'broadsheet-env-'));
afterAll(() => rmSync(folder, { recursive: true }));
const secrets = { SECRET: 'x'.repeat(32), CRON_SECRET: 'y'.repeat(32) };
const server = { DATABASE_URL: 'postgresql://localhost/papers', ...secrets };

test('nothing set gives the embedded database, port 3000 and secrets made once', () => {
  const first = readEnv({ DATA_DIR: join(folder, 'a') });
  expect(first).toMatchObject({ databaseUrl: null, port: 3000, siteUrl: 'http://localhost:3000' });
  expect(first.secret.length).toBeGreaterThanOrEqual(32);
  expect(first.cronSecret).not.toBe(first.secret);
  const again = readEnv({ DATA_DIR: join(folder, 'a') });
  expect([again.secret, again.cronSecret]).toEqual([first.secret, first.cronSecret]);
});

test('secrets made for the embedded database can be read by the owner alone', () => {
  readEnv({ DATA_DIR: join(folder, 'b') });
  expect(statSync(join(folder, 'b/secrets.json')).mode & 0o077).toBe(0);
});

test('a rotation gives a new secret, remembers the last one, and keeps the suppression list’s key', () => {
  const dataDir = join(folder, 'rotated');
  const first = readEnv({ DATA_DIR: dataDir });
  expect(first.suppressionKey).not.toBe(first.secret);
  rotateLocalSecrets(dataDir);
  const second = readEnv({ DATA_DIR: dataDir });
  expect(second.secret).not.toBe(first.secret);
  expect(second).toMatchObject({
    previousSecret: first.secret,
    suppressionKey: first.suppressionKey,
    cronSecret: first.cronSecret,
  });
  expect(statSync(join(dataDir, 'secrets.json')).mode & 0o077).toBe(0);
});

test('before there was a key for the suppression list, the secret was that key, and stays it', () => {
  const dataDir = join(folder, 'older');
  mkdirSync(dataDir);
  const older = { secret: 's'.repeat(32), cronSecret: 'c'.repeat(32) };
  writeFileSync(join(dataDir, 'secrets.json'), JSON.stringify(older));
  expect(readEnv({ DATA_DIR: dataDir }).suppressionKey).toBe(older.secret);
  rotateLocalSecrets(dataDir);
  const after = readEnv({ DATA_DIR: dataDir });
  expect(after).toMatchObject({ suppressionKey: older.secret, previousSecret: older.secret });
  expect(readEnv(server).suppressionKey).toBe(server.SECRET);
});

test('a damaged secrets file is not replaced, and what to do is said', () => {
  readEnv({ DATA_DIR: join(folder, 'c') });
  writeFileSync(join(folder, 'c/secrets.json'), '{"secret": ');
  expect(() => readEnv({ DATA_DIR: join(folder, 'c') })).toThrow(/damaged.*backup/);
  expect(readFileSync(join(folder, 'c/secrets.json'), 'utf8')).toBe('{"secret": ');
});

test('with DATABASE_URL a missing SECRET is an error: secrets have no defaults there', () => {
  expect(() => readEnv({ DATABASE_URL: server.DATABASE_URL })).toThrow(/SECRET is required/);
});

test('with DATABASE_URL a missing CRON_SECRET closes the cron routes', () => {
  expect(readEnv({ ...server, CRON_SECRET: undefined }).cronSecret).toBeNull();
});

test.each([
  ['DATABASE_URL', 'mysql://localhost/x'],
  ['PORT', 'eighty'],
  ['PORT', '70000'],
  ['PORT', '0'],
  ['PORT', '80.5'],
  ['SITE_URL', 'papers.example.org'],
  ['SITE_URL', 'ftp://papers.example.org'],
  ['SECRET', 'short'],
  ['SMTP_URL', 'smtp.example.org'],
  ['MAIL_FROM', 'nobody'],
  ['MAIL_FROM', 'A <a@example.org>\r\nBcc: b@example.org'],
  ['SAMPLE', 'no'],
  ['CLOCK', 'false'],
  ['TRUST_PROXY', '-1'],
  ['CONTACT_EMAIL', 'me'],
  ['ACCESS', 'Private'],
  ['ACCESS', 'closed'],
  ['ALLOWED_DOMAINS', '@example.org'],
  ['ALLOWED_DOMAINS', '*.example.org'],
  ['ALLOWED_DOMAINS', 'example.org,localhost'],
  ['ALLOWED_DOMAINS', ','],
  ['OIDC_ISSUER', 'login.example.org'],
  ['OIDC_ISSUER', 'http://login.example.org'],
  ['ADMINS', 'me'],
  ['ADMINS', 'me@example.org, '],
  ['ADMINS', 'me@example.org you@example.org'],
])('%s=%j is refused with its name and a correct example', (name, value) => {
  const wrong = () => readEnv({ ...server, [name]: value });
  expect(wrong).toThrow(SettingsError);
  expect(wrong).toThrow(new RegExp(`${name}: .*Example: ${name}=`));
});

test('all wrong settings are named at once', () => {
  expect(() => readEnv({ ...server, PORT: 'x', SAMPLE: 'x' })).toThrow(/PORT[\s\S]*SAMPLE/);
});

test('an empty variable counts as not set', () => {
  expect(readEnv({ ...server, SMTP_URL: '', SITE_URL: '' })).toMatchObject({ smtpUrl: null });
});

test('a site URL loses its final slash', () => {
  expect(readEnv({ ...server, SITE_URL: 'https://a.example/' }).siteUrl).toBe('https://a.example');
});

test('a site is public, and open to all domains, unless told otherwise', () => {
  expect(readEnv(server).membership).toEqual({ isPrivate: false, allowedDomains: null });
  const set = { ACCESS: 'private', ALLOWED_DOMAINS: 'Example.ORG, bücher.example  example.edu.' };
  expect(readEnv({ ...server, ...set }).membership).toEqual({
    isPrivate: true,
    allowedDomains: ['example.org', 'xn--bcher-kva.example', 'example.edu'],
  });
});

test('OIDC is all or nothing', () => {
  const set = { OIDC_ISSUER: 'http://localhost:4000', OIDC_CLIENT_ID: 'broadsheet' };
  expect(() => readEnv({ ...server, ...set })).toThrow(/OIDC needs all.*OIDC_CLIENT_SECRET/);
  expect(() => readEnv({ ...server, OIDC_ROLE_CLAIM: 'groups' })).toThrow(/needs OIDC_ISSUER/);
  expect(readEnv({ ...server, ...set, OIDC_CLIENT_SECRET: 'secret' }).oidc).toEqual({
    issuer: 'http://localhost:4000',
    clientId: 'broadsheet',
    clientSecret: 'secret',
    roleClaim: null,
  });
});

test('ADMINS are addresses with commas between, and none where it is not set', () => {
  expect(readEnv(server).admins).toEqual([]);
  expect(readEnv({ ...server, ADMINS: 'a@example.org, B@example.org' }).admins).toEqual([
    'a@example.org',
    'B@example.org',
  ]);
});

test('DKIM is all or nothing', () => {
  expect(() => readEnv({ ...server, DKIM_DOMAIN: 'a.example' })).toThrow(/DKIM_SELECTOR/);
});

test('the clock is off on Vercel, which has its own', () => {
  expect(readEnv({ ...server, VERCEL: '1' }).clock).toBe(false);
  expect(readEnv(server).clock).toBe(true);
});

describe('the database', () => {
  const secrets = { SECRET: 'x'.repeat(16), CRON_SECRET: 'y'.repeat(16) };
  const url = 'postgresql://u@pooler/d';
  const direct = 'postgresql://u@server/d';

  test('migrations go past a pooler where DIRECT_URL says so, and else where everything goes', () => {
    const both = readEnv({ ...secrets, DATABASE_URL: url, DIRECT_URL: direct });
    expect(migrationTarget(both)).toEqual({ url: direct, setting: 'DIRECT_URL' });
    expect(databaseTarget(both)).toMatchObject({ url });
    expect(migrationTarget(readEnv({ ...secrets, DATABASE_URL: url }))).toEqual({ url });
    expect(migrationTarget(readEnv({ ...secrets, DATA_DIR: '/d' }))).toEqual({ dataDir: '/d' });
  });

  test('DATABASE_POOL is a number of connections', () => {
    const settings = { ...secrets, DATABASE_URL: url };
    expect(databaseTarget(readEnv({ ...settings, DATABASE_POOL: '7' }))).toEqual({
      url,
      connections: 7,
    });
    for (const wrong of ['0', '-1', '1.5', 'ten', '1001']) {
      expect(() => readEnv({ ...settings, DATABASE_POOL: wrong })).toThrow(
        /^Some settings are wrong:\nDATABASE_POOL: must be a number of connections, from 1 to 1000\. Example: DATABASE_POOL=10$/,
      );
    }
  });
});

describe('a secret in a file of its own', () => {
  const path = join(folder, 'secret.txt');

  test.each(SECRET_SETTINGS)('is looked for by %s_FILE; both at once are refused', (name) => {
    const both = { ...secrets, [name]: 'x', [`${name}_FILE`]: path };
    expect(() => readEnv(both)).toThrow(`${name} and ${name}_FILE are both set`);
    const missing = join(folder, 'no-such-file');
    const problem = `${name}_FILE: ${missing} cannot be read (ENOENT)`;
    const { [name]: _, ...others } = secrets as Record<string, string>;
    expect(() => readEnv({ ...others, [`${name}_FILE`]: missing })).toThrow(problem);
  });

  test('counts as set, without the line break at its end', () => {
    writeFileSync(path, `${'s'.repeat(20)}\n`);
    const url = join(folder, 'url.txt');
    writeFileSync(url, 'postgresql://localhost/papers\n');
    const read = readEnv({ SECRET_FILE: path, CRON_SECRET_FILE: path, DATABASE_URL_FILE: url });
    expect(read).toMatchObject({
      secret: 's'.repeat(20),
      cronSecret: 's'.repeat(20),
      databaseUrl: 'postgresql://localhost/papers',
    });
    expect(readPlace({ DATABASE_URL_FILE: url }).databaseUrl).toBe('postgresql://localhost/papers');
  });

  test('that is empty is a problem, and not a secret that is not set', () => {
    writeFileSync(path, '\n');
    expect(() => readEnv({ ...secrets, SMTP_URL_FILE: path })).toThrow(
      /SMTP_URL_FILE: .* is empty/,
    );
  });
});
