import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { zip } from '@/lib/runtime/zip';

/** Not every machine has it; ours have. */
const hasPython = spawnSync('python3', ['--version']).status === 0;

it.skipIf(!hasPython)(
  'makes files that Python reads whole, with their names, texts and time',
  () => {
    const files = [
      { name: 'reader.json', text: '{"a": 1}\n' },
      { name: 'shelves/größe.bib', text: 'ü'.repeat(100_000) },
      { name: 'empty.md', text: '' },
    ];
    const folder = mkdtempSync(join(tmpdir(), 'broadsheet-zip-'));
    const path = join(folder, 'a.zip');
    writeFileSync(path, zip(files, new Date('2026-11-23T12:34:56Z')));
    const script = `
import json, sys, zipfile
z = zipfile.ZipFile(sys.argv[1])
assert z.testzip() is None
print(json.dumps([[i.filename, z.read(i).decode(), list(i.date_time)] for i in z.infolist()]))`;
    const read = JSON.parse(execFileSync('python3', ['-c', script, path], { encoding: 'utf8' }));
    rmSync(folder, { recursive: true });
    expect(read).toEqual(files.map(({ name, text }) => [name, text, [2026, 11, 23, 12, 34, 56]]));
  },
);
