import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ownDataFolder } from '@/lib/runtime/data-folder';
import { readEnv } from '@/lib/runtime/env';

const folder = mkdtempSync(join(tmpdir(), 'broadsheet-folder-'));
chmodSync(folder, 0o755);
afterAll(() => rmSync(folder, { recursive: true }));

function existing(name: string, mode: number): string {
  const path = join(folder, name);
  mkdirSync(path);
  chmodSync(path, mode);
  return path;
}

const modeOf = (path: string) => statSync(path).mode & 0o7777;

test.each([0o755, 0o750, 0o777, 0o700])('an existing folder of mode %o is closed', (mode) => {
  const path = existing(`mode-${mode}`, mode);
  ownDataFolder(path);
  expect(modeOf(path)).toBe(0o700);
});

test('a new one is made closed, with the folders above it', () => {
  ownDataFolder(join(folder, 'a/b/c'));
  expect(modeOf(join(folder, 'a/b/c'))).toBe(0o700);
});

test('secrets that others could read are closed when they are read', () => {
  const dataDir = existing('secrets', 0o755);
  const first = readEnv({ DATA_DIR: dataDir });
  chmodSync(join(dataDir, 'secrets.json'), 0o644);
  expect(readEnv({ DATA_DIR: dataDir }).secret).toBe(first.secret);
  expect(modeOf(join(dataDir, 'secrets.json'))).toBe(0o600);
});

test('a folder that all users share is refused, and left as it is', () => {
  const shared = existing('shared', 0o1777);
  expect(() => ownDataFolder(shared)).toThrow(/shared by all users/);
  expect(modeOf(shared)).toBe(0o1777);
});

test('a file is no folder', () => {
  writeFileSync(join(folder, 'file'), '');
  expect(() => ownDataFolder(join(folder, 'file'))).toThrow(/DATA_DIR .* is no folder/);
  expect(() => ownDataFolder(join(folder, 'file/data'))).toThrow(/DATA_DIR .* is no folder/);
});

/** Another user than the owner of what the tests make; only root can become one. */
const NOBODY = 65_534;

describe.skipIf(process.getuid?.() !== 0)('for a user who is not the owner', () => {
  function asNobody(work: () => void): void {
    process.seteuid!(NOBODY);
    try {
      work();
    } finally {
      process.seteuid!(0);
    }
  }

  test('an open folder is refused with the command that closes it', () => {
    const open = existing('open', 0o777);
    asNobody(() => {
      expect(() => ownDataFolder(open)).toThrow(`chmod 700 ${open}`);
    });
  });

  test('secrets that others can read are refused with the command that closes them', () => {
    const dataDir = existing('foreign', 0o755);
    readEnv({ DATA_DIR: dataDir });
    chmodSync(dataDir, 0o755);
    chmodSync(join(dataDir, 'secrets.json'), 0o644);
    asNobody(() => {
      expect(() => readEnv({ DATA_DIR: dataDir })).toThrow(/chmod 600 .*secrets\.json/);
    });
  });

  test('a place where nothing can be made is named', () => {
    const place = join(existing('mine', 0o755), 'data');
    asNobody(() => {
      expect(() => ownDataFolder(place)).toThrow(/DATA_DIR .* cannot be made by this user/);
    });
  });
});
