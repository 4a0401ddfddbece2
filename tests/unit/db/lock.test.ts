import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { LockTaken, lockHolder, takeLock } from '@/lib/db/lock';

const folder = mkdtempSync(join(tmpdir(), 'broadsheet-lock-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string) => join(folder, name);

test('a lock is held until it is given back, and tells who holds it', () => {
  const release = takeLock(file('a'), 'first');
  expect(() => takeLock(file('a'), 'second')).toThrow(LockTaken);
  expect(lockHolder(file('a'))).toMatchObject({ pid: process.pid, purpose: 'first' });
  release();
  expect(lockHolder(file('a'))).toBeNull();
  takeLock(file('a'), 'third')();
});

test('the lock of a process that is gone is taken over', () => {
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  writeFileSync(file('b'), JSON.stringify({ pid, startedTicks: null, purpose: 'gone' }));
  expect(lockHolder(file('b'))).toBeNull();
  takeLock(file('b'), 'next')();
});

test.runIf(process.platform === 'linux')(
  'a pid that another program has by now holds nothing',
  () => {
    writeFileSync(
      file('c'),
      JSON.stringify({ pid: process.pid, startedTicks: '1', purpose: 'old' }),
    );
    expect(lockHolder(file('c'))).toBeNull();
    takeLock(file('c'), 'next')();
  },
);

test.each(['', 'no json', '{"pid": "x"}'])('a lock file with %j in it is stale', (text) => {
  writeFileSync(file('d'), text);
  takeLock(file('d'), 'next')();
});
