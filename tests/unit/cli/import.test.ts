import { describe, expect, it } from 'vitest';
import { UsageError } from '@/lib/cli/command';
import { day } from '@/lib/cli/day';
import { openInput } from '@/lib/cli/import-input';
import { tell } from '@/lib/cli/import-report';
import type { Transport } from '@/lib/sources/fetch/transport';
import type { ImportReport } from '@/lib/sources/import';

function told(more: Partial<ImportReport>): { code: number; lines: string[] } {
  const lines: string[] = [];
  const output = {
    print: (line: string) => lines.push(line),
    note: (line: string) => lines.push(line),
    progress: () => {},
  };
  const report: ImportReport = {
    format: 'snapshot',
    resumedAfter: 0,
    read: 0,
    new: 0,
    updated: 0,
    unchanged: 0,
    rejected: 0,
    withdrawn: 0,
    skipped: 0,
    rejections: [],
    notes: [],
    next: null,
    interrupted: false,
    ...more,
  };
  return { code: tell(report, { from: 'papers.jsonl', dryRun: false, output }), lines };
}

describe('what an import says', () => {
  it('is that all was stored already, where an interrupted one had got to the end', () => {
    const { code, lines } = told({ resumedAfter: 2_002 });
    expect(code).toBe(0);
    expect(lines.at(-1)).toBe(
      'Nothing was left to do: the interrupted import had stored all of it.',
    );
    expect(lines.join('\n')).not.toMatch(/no paper was found/);
    expect(told({ resumedAfter: 2_000, rejected: 2 }).code).toBe(0);
  });

  it('is a failure where nothing was found, all was rejected, or it was interrupted', () => {
    const nothing = told({});
    expect(nothing.code).toBe(1);
    expect(nothing.lines.at(-1)).toMatch(/no paper was found/);
    expect(told({ rejected: 1 }).code).toBe(1);
    expect(told({ read: 1, new: 1, interrupted: true }).code).toBe(1);
    expect(told({ read: 1, unchanged: 1 }).code).toBe(0);
  });
});

describe('a day', () => {
  it('is read as it is written, alone or with a time and its zone', () => {
    expect(day('2026-03-12', '--since')).toEqual(new Date('2026-03-12T00:00:00Z'));
    expect(day('2026-03-12T10:00:00+02:00', '--now')).toEqual(new Date('2026-03-12T08:00:00Z'));
    expect(day(undefined, '--now')).toBeUndefined();
  });

  it.each(['banana 7', '7', '2026-02-30', '2026-13-01', '2026-03-12T99:00Z', ''])(
    '%j is none',
    (text) => expect(() => day(text, '--since')).toThrow(UsageError),
  );
});

it('refuses an address that is none with what an address looks like', async () => {
  const output = { print() {}, note() {}, progress() {} };
  await expect(openInput('http://', {} as Transport, output)).rejects.toThrow(
    'http:// is no address; give one such as https://',
  );
});
